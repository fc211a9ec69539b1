import type { ParticipantId } from '@video-meet/protocol'
import { adviseOnOther, adviseOnOwn } from './advice.ts'
import type { ArrivingTrack, LeavingTrack, Quality } from './call-sample.ts'
import { followTrend, NEW_TREND, type QualityTrend } from './quality-trend.ts'
import { AWAY, GOOD, judge, type Judgement, judgeSending, SILENCE, worse } from './quality.ts'

/** Whose quality: somebody else's, or what this browser sends. */
type Whose = ParticipantId | 'own'

/** What was measured of a call, and what was thought of it before. */
export interface MeasuredCall {
  readonly isConnected: boolean
  readonly cameraOn: boolean
  readonly leaving: readonly LeavingTrack[]
  readonly people: readonly {
    readonly id: ParticipantId
    readonly isConnected: boolean
    readonly arriving: readonly ArrivingTrack[]
  }[]
  readonly trendOf: (whose: Whose) => QualityTrend
}

/** Judges everyone, and says what can be done. */
export function judgeCall({ isConnected, cameraOn, leaving, people, trendOf }: MeasuredCall) {
  const trends = new Map<Whose, QualityTrend>()
  const shown = (whose: Whose, away: boolean, now: Judgement): Judgement => {
    // Who was away begins anew.
    const trend = away ? { ...NEW_TREND, shown: AWAY } : followTrend(startOf(trendOf(whose)), now)
    trends.set(whose, trend)
    return trend.shown
  }
  const own = shown('own', !isConnected, judgeLeaving(leaving))
  const judged = people.map((person) => ({
    id: person.id,
    judgement: shown(person.id, !person.isConnected, judgeArriving(person.arriving)),
  }))
  const situation = { own, cameraOn, others: judged.map(({ judgement }) => judgement) }
  const qualities = new Map<ParticipantId, Quality>(
    judged.map(({ id, judgement }) => [id, { ...judgement, advice: adviseOnOther(judgement, situation) }]),
  )
  return { own: { ...own, advice: adviseOnOwn(situation) }, qualities, trends }
}

function startOf(trend: QualityTrend): QualityTrend {
  return trend.shown.problem === 'away' ? NEW_TREND : trend
}

function judgeArriving(tracks: readonly ArrivingTrack[]): Judgement {
  // A picture that nobody looks at does not come; a microphone that is on always sends something.
  const voice = tracks.find(({ source }) => source === 'microphone')?.stats
  if (voice?.flowing === false) return SILENCE
  return tracks
    .map(({ source, path, stats }) => {
      const { rttMs = null } = path ?? {}
      // The packets of a picture come in bursts by nature: only those of sound tell how even the path is.
      return judge({ ...stats, rttMs, jitterMs: source === 'microphone' ? (stats?.jitterMs ?? null) : null })
    })
    .reduce(worse, GOOD)
}

function judgeLeaving(tracks: readonly LeavingTrack[]): Judgement {
  return tracks
    .map(({ source, path, stats }) =>
      judgeSending({
        ...(stats && {
          lossShare: stats.lossShare,
          limitation: stats.limitation,
          bitrateBps: stats.bitrateBps,
        }),
        rttMs: path?.rttMs ?? stats?.rttMs ?? null,
        jitterMs: source === 'microphone' ? (stats?.jitterMs ?? null) : null,
        availableBps: path?.availableBps ?? null,
      }),
    )
    .reduce(worse, GOOD)
}

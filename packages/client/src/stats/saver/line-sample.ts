import type { ArrivingTrack, CallSample, LeavingTrack } from '../call-sample.ts'

/** How this browser's own line did over a sample; null where nothing is known. */
export interface LineSample {
  readonly at: number
  readonly isConnected: boolean
  /** Whether there is any picture to be spared. */
  readonly hasPictures: boolean
  readonly lossShare: number | null
  readonly rttMs: number | null
  /** What the line lets out, while pictures want to send more. */
  readonly sendableBps: number | null
  /** What comes in, while pictures stand still or voices break off; more would come if the line let it. */
  readonly receivableBps: number | null
}

/** Shares of the time from which on most people's pictures stand still, and their voices have gaps. */
const STANDS_STILL = 0.25
const HAS_GAPS = 0.12

/**
 * What of a sample is the fault of this browser's own line. That one of several people arrives badly is most likely
 * theirs: of everyone the best counts.
 */
export function lineOf({ at, leaving, people }: CallSample, isConnected: boolean): LineSample {
  const arriving = people.flatMap((person) => person.arriving)
  const all = [...leaving, ...arriving]
  const destinations = [...new Set(leaving.map(({ to }) => to))]
  return {
    at,
    isConnected,
    hasPictures:
      arriving.some((track) => isPicture(track) && track.stats) ||
      leaving.some((track) => isPicture(track) && (track.stats?.bitrateBps ?? 0) > 0),
    lossShare: highest([
      lowest(destinations.map((to) => lossOf(leaving.filter((track) => track.to === to)))),
      lossOfAll(people.map((person) => person.arriving)),
    ]),
    rttMs: lowest(all.map(({ path }) => path?.rttMs ?? null)),
    sendableBps: sendableOf(leaving.filter(isPicture)),
    receivableBps: suffers(people.map((person) => person.arriving)) ? bitrateOf(arriving) : null,
  }
}

function isPicture({ source }: ArrivingTrack | LeavingTrack): boolean {
  return source === 'camera' || source === 'screen'
}

/** What everyone suffers, on average; what only some do is theirs. */
function lossOfAll(people: readonly (readonly ArrivingTrack[])[]): number | null {
  const least = lowest(people.map(lossOf))
  const average = lossOf(people.flat())
  // Of few packets by chance more or fewer are lost.
  return least !== null && average !== null && least >= average / 2 ? average : least
}

/** Of some tracks together: those of which much is sent count more, as the loss of few packets says little. */
function lossOf(tracks: readonly (ArrivingTrack | LeavingTrack)[]): number | null {
  const known = tracks.flatMap(({ stats }) => {
    const lossShare = stats?.lossShare ?? null
    return stats && lossShare !== null ? [{ lossShare, weight: stats.bitrateBps }] : []
  })
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  return known.reduce((sum, { lossShare, weight }) => sum + lossShare * weight, 0) / total
}

/** Only what is held back by the network knows how much that carries; over links the widest one counts. */
function sendableOf(pictures: readonly LeavingTrack[]): number | null {
  if (pictures.length === 0 || !pictures.every(({ stats }) => stats?.limitation === 'bandwidth')) return null
  return highest(pictures.map(({ path }) => path?.availableBps ?? null))
}

/** Whether most people's pictures stand still, or their voices break off. What nobody looks at is not measured. */
function suffers(people: readonly (readonly ArrivingTrack[])[]): boolean {
  const seen = people.filter((tracks) => tracks.some((track) => isPicture(track) && track.stats))
  return seen.filter((tracks) => tracks.some(isBroken)).length * 2 > seen.length
}

function isBroken({ source, stats }: ArrivingTrack): boolean {
  if (!stats) return false
  // The server leaves out pictures for which there is no room. A screen may have nothing new to show.
  const isLeftOut = source === 'camera' && !stats.flowing
  return isLeftOut || stats.frozenShare >= STANDS_STILL || stats.concealedShare >= HAS_GAPS
}

function bitrateOf(tracks: readonly ArrivingTrack[]): number {
  return tracks.reduce((sum, { stats }) => sum + (stats?.bitrateBps ?? 0), 0)
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

function lowest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.min(...known) : null
}

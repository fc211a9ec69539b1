import type { PersonQuality, QualityEvent } from '@video-meet/protocol'
import { bitrateText, millisecondsText, percentText } from '../../../lib/amounts.ts'
import type { Dates } from '../../../lib/dates.ts'
import { qualityText as text } from './text.ts'

/** So many seconds as people say it. */
export function spanText(seconds: number): string {
  if (seconds < 90) return text.seconds(Math.round(seconds))
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? text.minutes(minutes) : text.hours(Math.floor(minutes / 60), minutes % 60)
}

/** How somebody was connected, in a sentence or two. */
export function personSentence(person: PersonQuality, time: Dates['time']): string {
  const { reconnects } = person
  return [worstSentence(person, time), reconnects > 0 && text.reconnected(reconnects)]
    .filter(Boolean)
    .join(' ')
}

function worstSentence(
  { fairSeconds, poorSeconds, problems, worstStretch }: PersonQuality,
  time: Dates['time'],
) {
  if (poorSeconds === 0 && fairSeconds === 0) return text.allGood
  const [problem] = problems
  const why = problem ? `: ${text.problem[problem.problem]}` : ''
  if (poorSeconds === 0) return `${text.fairFor(spanText(fairSeconds))}${why}.`
  const when = worstStretch && `, ${stretchText(time(worstStretch.from), time(worstStretch.to))}`
  return `${text.poorFor(spanText(poorSeconds))}${when ?? ''}${why}.`
}

function stretchText(from: string, to: string): string {
  return from === to ? text.at(from) : text.longest(from, to)
}

/** For which part of the time somebody was connected how well. */
export function shares({ seconds, fairSeconds, poorSeconds }: PersonQuality) {
  const all = Math.max(1, seconds)
  return { good: (all - fairSeconds - poorSeconds) / all, fair: fairSeconds / all, poor: poorSeconds / all }
}

/** A figure with what is worth knowing beside it. */
export interface Figure {
  readonly main: string
  readonly beside: readonly string[]
}

/** What was measured of somebody, by the names of the columns. */
export function figuresOf(person: PersonQuality) {
  const { rttMs, jitterMs, lossShare } = person
  return {
    way: wayFigure(person),
    delay: {
      main: rttMs ? millisecondsText(rttMs.median) : text.unknown,
      beside: [
        ...(rttMs && rttMs.worst > rttMs.median ? [text.atWorst(millisecondsText(rttMs.worst))] : []),
        ...(jitterMs ? [text.jitter(millisecondsText(jitterMs.median))] : []),
      ],
    },
    loss: {
      main: lossShare ? percentText(lossShare.median) : text.unknown,
      beside:
        lossShare && lossShare.worst > lossShare.median ? [text.atWorst(percentText(lossShare.worst))] : [],
    },
    figures: trafficFigure(person),
  } as const
}

function wayFigure({ ways: { links, sfu, relayed, tcp } }: PersonQuality): Figure {
  const beside = [...(relayed > 0 ? [text.relayed] : []), ...(tcp > 0 ? [text.tcp] : [])]
  if (links === 0 && sfu === 0) return { main: text.unknown, beside }
  if (sfu === 0) return { main: text.direct, beside }
  if (links === 0) return { main: text.server, beside }
  const direct = Math.round((links / (links + sfu)) * 100)
  const server = text.partlyServer(`${100 - direct} %`)
  return { main: text.partlyDirect(`${direct} %`), beside: [server, ...beside] }
}

function trafficFigure({ sentKbps, receivedKbps, sentHeight, receivedHeight }: PersonQuality): Figure {
  const height = (pixels: number | null) => (pixels === null ? text.unknown : `${pixels}p`)
  return {
    main: text.sent(bitrateText(sentKbps * 1000)),
    beside: [
      text.received(bitrateText(receivedKbps * 1000)),
      ...(sentHeight === null && receivedHeight === null
        ? []
        : [text.pictures(height(sentHeight), height(receivedHeight))]),
    ],
  }
}

const AFTER_A_TIME = {
  recovered: text.recovered,
  saving_ended: text.savingEnded,
  back: text.back,
  gone: text.gone,
} as const

/** What happened, in a sentence. */
export function eventSentence(event: QualityEvent): string {
  if ('seconds' in event) return AFTER_A_TIME[event.kind](event.name, spanText(event.seconds))
  switch (event.kind) {
    case 'topology': {
      const went = text.went[event.to](event.from === null)
      return event.to === 'sfu' ? text.reason(went, text.because[event.reason]) : went
    }
    case 'poor':
      return text.becamePoor(event.name, event.problem && text.problem[event.problem])
    case 'saving':
      return text.saving(event.name)
    case 'away':
      return text.away(event.name)
    case 'media_replaced':
      return text.mediaReplaced
    case 'full':
      return text.full
  }
}

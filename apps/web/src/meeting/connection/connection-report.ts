import type { CallSample, LeavingTrack } from '@video-meet/client'
import { arrivingFigures, type Figure, leavingFigures } from './figures.ts'
import { connectionText as text } from './text.ts'

export interface ReportedCall {
  /** How media flows, and why. */
  readonly way: string
  readonly sample: CallSample
  readonly nameOf: (id: string) => string
  readonly browser: string
}

/** The figures as text, to be sent to who is asked for help. Names nobody's address. */
export function connectionReport({ way, sample, nameOf, browser }: ReportedCall): string {
  const { at, own, leaving, people } = sample
  return [
    `Video Meet, ${new Date(at).toISOString()}`,
    browser,
    way,
    '',
    `${text.yours}: ${text.level[own.level]}${problemOf(own.problem)}`,
    ...leaving.map((track) => line(leavingTitle(track, nameOf), leavingFigures(track))),
    ...people.flatMap(({ id, quality, arriving }) => [
      '',
      `${nameOf(id)}: ${text.level[quality.level]}${problemOf(quality.problem)}`,
      ...arriving.map((track) => line(text.source[track.source], arrivingFigures(track))),
    ]),
  ].join('\n')
}

/** What is sent; over links, to whom as well. */
export function leavingTitle({ source, to }: LeavingTrack, nameOf: (id: string) => string): string {
  return to === null ? text.source[source] : text.to(text.source[source], nameOf(to))
}

function problemOf(problem: string | null): string {
  return problem === null ? '' : ` (${problem})`
}

function line(title: string, figures: readonly Figure[]): string {
  return `  ${title}: ${figures.map(({ name, value }) => `${name.toLowerCase()} ${value}`).join('; ')}`
}

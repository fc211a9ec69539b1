import type { StatsReport } from '@video-meet/protocol'
import type { CallSample } from './call-sample.ts'
import { type Judgement, rankOf, worse } from './quality.ts'

const MAX_MS = 60_000
const MAX_KBPS = 1_000_000
const MAX_HEIGHT = 10_000

/** What of a report is measured. */
export type Measured = Omit<StatsReport, 'saving'>

/** Some samples that follow each other in one report; null without any. */
export function condense(samples: readonly CallSample[], seconds: number): Measured | null {
  const last = samples.at(-1)
  if (!last) return null
  const { level, problem } = samples.map(judgeSide).reduce(worse)
  const paths = pathsOf(last)
  const protocols = paths.map(({ protocol }) => protocol)
  return {
    seconds: bounded(seconds, 60) || 1,
    level,
    problem,
    rttMs: middle(
      samples.map((sample) => highest(pathsOf(sample).map(({ rttMs }) => rttMs))),
      MAX_MS,
    ),
    jitterMs: middle(
      samples.map((sample) => highest(voicesOf(sample))),
      MAX_MS,
    ),
    lossPermille: permilleOf(samples),
    sentKbps: meanKbps(samples.map(({ leaving }) => leaving)),
    receivedKbps: meanKbps(samples.map(({ people }) => people.flatMap(({ arriving }) => arriving))),
    sentHeight: heightOf(samples.flatMap(({ leaving }) => leaving)),
    receivedHeight: heightOf(samples.flatMap(({ people }) => people.flatMap(({ arriving }) => arriving))),
    way: wayOf(last),
    relayed: paths.some(({ relayed }) => relayed),
    // The one that is worth knowing: what goes over UDP goes as it should.
    protocol: protocols.find((protocol) => protocol === 'tcp' || protocol === 'tls') ?? protocols[0] ?? null,
  }
}

/** How this side is connected: what it sends, and what all arrive with. That one other arrives badly may be theirs. */
function judgeSide({ own, people }: CallSample): Judgement {
  const [first, ...rest] = people.map(({ quality }) => quality)
  if (!first || rest.length === 0) return own
  return worse(
    own,
    rest.reduce<Judgement>((best, it) => (rankOf(it) < rankOf(best) ? it : best), first),
  )
}

function tracksOf({ leaving, people }: CallSample) {
  return [...leaving, ...people.flatMap(({ arriving }) => arriving)]
}

function pathsOf(sample: CallSample) {
  return tracksOf(sample).flatMap(({ path }) => path ?? [])
}

function voicesOf({ people }: CallSample): (number | null)[] {
  return people
    .flatMap(({ arriving }) => arriving)
    .filter(({ source }) => source === 'microphone')
    .map(({ stats }) => stats?.jitterMs ?? null)
}

function permilleOf(samples: readonly CallSample[]): number | null {
  const shares = samples.flatMap(
    (sample) => highest(tracksOf(sample).map(({ stats }) => stats?.lossShare ?? null)) ?? [],
  )
  if (shares.length === 0) return null
  return bounded((shares.reduce((sum, share) => sum + share, 0) / shares.length) * 1000, 1000)
}

type Counted = readonly { readonly stats: { readonly bitrateBps: number } | null }[]

function meanKbps(samples: readonly Counted[]): number {
  const sums = samples.map((tracks) => tracks.reduce((sum, { stats }) => sum + (stats?.bitrateBps ?? 0), 0))
  return bounded(sums.reduce((total, sum) => total + sum, 0) / sums.length / 1000, MAX_KBPS)
}

/** Of the largest picture at any time. */
function heightOf(
  tracks: readonly { readonly stats: { readonly height: number | null } | null }[],
): number | null {
  const height = highest(tracks.map(({ stats }) => stats?.height ?? null))
  return height === null ? null : bounded(height, MAX_HEIGHT)
}

function wayOf(sample: CallSample): StatsReport['way'] {
  const ways = tracksOf(sample)
    .filter(({ path }) => path !== null)
    .map(({ way }) => way)
  if (ways.includes('links')) return 'links'
  return ways.includes('sfu') ? 'sfu' : 'none'
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

function middle(values: readonly (number | null)[], max: number): number | null {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b)
  const value = known[Math.floor((known.length - 1) / 2)]
  return value === undefined ? null : bounded(value, max)
}

function bounded(value: number, max: number): number {
  return Math.round(Math.min(max, Math.max(0, value)))
}

import type { Attendee } from '@video-meet/protocol'
import type { StoredStay } from './stays-store.ts'

/** An absence that is this short is a lost connection or a reload, and no absence. */
const MERGED_GAP_MS = 120_000

interface Span {
  readonly from: number
  /** Null: still there. */
  readonly to: number | null
}

/** Who was there, in order of their first joining. */
export function attendeesOf(stays: readonly StoredStay[], now: Date): Attendee[] {
  const byPerson = Map.groupBy(stays, ({ personKey }) => personKey)
  return [...byPerson.values()].flatMap((own) => attendeeOf(own, now) ?? [])
}

function attendeeOf(stays: readonly StoredStay[], now: Date): Attendee | null {
  const first = stays[0]
  const last = stays.at(-1)
  if (!first || !last) return null
  const spans = merged(
    stays.map(({ joinedAt, leftAt }) => ({ from: joinedAt.getTime(), to: leftAt?.getTime() ?? null })),
  )
  const ms = spans.reduce((sum, { from, to }) => sum + (to ?? now.getTime()) - from, 0)
  return {
    participantId: first.participantId,
    name: last.name,
    userId: last.userId,
    kind: last.userId ? 'user' : 'guest',
    role: last.role,
    joinedAt: first.joinedAt.toISOString(),
    leftAt: isoOf(spans.at(-1)?.to ?? null),
    seconds: Math.round(ms / 1000),
    stays: spans.map(({ from, to }) => ({ joinedAt: new Date(from).toISOString(), leftAt: isoOf(to) })),
  }
}

/** @param spans in order of their beginning */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const before = result.at(-1)
    if (!before) result.push(span)
    else if (before.to === null || span.from - before.to <= MERGED_GAP_MS)
      result[result.length - 1] = { from: before.from, to: laterEnd(before.to, span.to) }
    else result.push(span)
  }
  return result
}

function laterEnd(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other)
}

function isoOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

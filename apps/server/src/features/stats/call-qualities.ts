import type { CallQuality, MeetingId } from '@video-meet/protocol'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import { type CallSpan, callSpans } from './call-spans.ts'
import { personQualities } from './person-quality.ts'
import { qualityCsv } from './quality-csv.ts'
import type { StoredEvent } from './quality-events-store.ts'
import type { QualityEvents } from './quality-events.ts'
import type { QualityStore } from './quality-store.ts'

export interface CallQualitiesOptions {
  readonly store: Pick<QualityStore, 'spansOf' | 'listOf'>
  readonly events: Pick<QualityEvents, 'listOf'>
  /** Writes what has not been written yet. */
  readonly flush: () => Promise<void>
}

export interface CallsQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Each call is put together from everything that was reported in it. */
const DEFAULT_PAGE = 3
const MAX_PAGE = 10
/** So many stays are looked at, without their points, to find the calls of a page. */
const MAX_STAYS = 2000
/** So many calls go into one file. */
const MAX_EXPORTED = 100
/** Events come up to this much earlier than the first report of a call. */
const EARLY_MS = 60_000

/** How calls went, for the owner of their meeting. */
export class CallQualities {
  readonly #options: CallQualitiesOptions

  constructor(options: CallQualitiesOptions) {
    this.#options = options
  }

  /**
   * The latest first.
   *
   * @throws {AppError} `bad_request` when the cursor is none of ours
   */
  list(meetingId: MeetingId, { cursor, limit = DEFAULT_PAGE }: CallsQuery): Promise<Page<CallQuality>> {
    return this.#page(meetingId, { cursor, limit: Math.min(limit, MAX_PAGE) })
  }

  /** The last calls as CSV. */
  async exportCsv(meetingId: MeetingId): Promise<string> {
    return qualityCsv((await this.#page(meetingId, { limit: MAX_EXPORTED })).items)
  }

  async #page(
    meetingId: MeetingId,
    query: CallsQuery & { readonly limit: number },
  ): Promise<Page<CallQuality>> {
    const { cursor, limit } = query
    const before = readCursor(cursor)?.at ?? null
    const spans = await this.#spansOf(meetingId, before)
    const page = pageFrom(spans.slice(0, limit + 1), limit, ({ startedAt, id }) => ({ at: startedAt, id }))
    const items: CallQuality[] = []
    // One after the other: between them the server does what cannot wait.
    for (const [index, span] of page.items.entries())
      items.push(await this.#qualityOf(meetingId, span, page.items[index - 1]?.startedAt ?? before))
    return { items, nextCursor: page.nextCursor }
  }

  async #spansOf(meetingId: MeetingId, before: Date | null): Promise<CallSpan[]> {
    const { store, flush } = this.#options
    await flush()
    const stays = await store.spansOf(meetingId, { before, limit: MAX_STAYS })
    const spans = callSpans(stays)
    // Of the earliest there may be more than what was looked at.
    return stays.length < MAX_STAYS || spans.length === 1 ? spans : spans.slice(0, -1)
  }

  /** @param nextStartedAt when the call after it began */
  async #qualityOf(meetingId: MeetingId, span: CallSpan, nextStartedAt: Date | null): Promise<CallQuality> {
    const { store, events } = this.#options
    const { startedAt, endedAt, lastStartedAt } = span
    const stays = await store.listOf(meetingId, { from: startedAt, to: lastStartedAt })
    const happened = await events.listOf(meetingId, {
      from: earlier(startedAt),
      until: nextStartedAt && earlier(nextStartedAt),
    })
    return {
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      people: personQualities(stays, (key) => reconnectsOf(happened, key)),
      events: happened.map(({ event }) => event),
    }
  }
}

function earlier(time: Date): Date {
  return new Date(time.getTime() - EARLY_MS)
}

function reconnectsOf(events: readonly StoredEvent[], personKey: string): number {
  return events.filter(({ event, person }) => event.kind === 'back' && person?.personKey === personKey).length
}

import { randomUUID } from 'node:crypto'
import type { MeetingId, Notice, NoticeKind, UserId } from '@video-meet/protocol'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import type { NoticesStore, StoredNotice } from './notices-store.ts'

const KEPT_MS = 90 * 86_400_000
const DEFAULT_PAGE = 25
const MAX_DETAIL = 100
/** Someone without a name goes by their address, which may be longer. */
const MAX_ACTOR = 64

/** What is told. */
export interface NewNotice {
  readonly kind: NoticeKind
  readonly meetingId: MeetingId | null
  readonly meetingTitle: string
  readonly actor?: string | null
  readonly detail?: string | null
}

/** What accounts are told in the app. */
export class Notices {
  readonly #store: NoticesStore
  readonly #now: () => Date

  constructor(store: NoticesStore, now: () => Date = () => new Date()) {
    this.#store = store
    this.#now = now
  }

  async tell(userIds: readonly UserId[], notice: NewNotice): Promise<void> {
    const { actor = null, detail = null, ...rest } = notice
    const createdAt = this.#now()
    const short = {
      actor: actor?.slice(0, MAX_ACTOR) ?? null,
      detail: detail?.slice(0, MAX_DETAIL) ?? null,
    }
    await this.#store.add(
      userIds.map((userId) => ({
        ...rest,
        ...short,
        id: randomUUID(),
        userId,
        createdAt,
        readAt: null,
      })),
    )
  }

  async list(userId: UserId, query: NoticesQuery): Promise<Page<Notice> & { unread: number }> {
    const { limit = DEFAULT_PAGE, cursor } = query
    const found = await this.#store.list({ userId, after: readCursor(cursor), limit: limit + 1 })
    const page = pageFrom(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    const items = page.items.map(({ createdAt, readAt, ...notice }) => ({
      ...notice,
      createdAt: createdAt.toISOString(),
      read: readAt !== null,
    }))
    return { items, nextCursor: page.nextCursor, unread: await this.#store.countUnread(userId) }
  }

  readAll(userId: UserId): Promise<void> {
    return this.#store.readAll(userId, this.#now())
  }

  /** What is kept of a user. */
  exportOf(userId: UserId): Promise<Omit<StoredNotice, 'userId'>[]> {
    return this.#store.listAll(userId)
  }

  /** Forgets what is older than 90 days. */
  forgetOld(): Promise<void> {
    return this.#store.removeBefore(new Date(this.#now().getTime() - KEPT_MS))
  }
}

export interface NoticesQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

import { randomUUID } from 'node:crypto'
import type { AuditEntry } from '@video-meet/protocol'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import type { Logger } from '../../platform/logger.ts'
import type { AuditStore, StoredAct } from './audit-store.ts'

const KEPT_MS = 365 * 86_400_000
const DEFAULT_PAGE = 25
const MAX_SUBJECT = 300

/** Something that somebody did. */
export interface Act {
  /** None: the server itself. */
  readonly actor?: { readonly userId: string; readonly name: string }
  /** Such as `user.disabled`. */
  readonly action: string
  readonly subject?: { readonly id: string; readonly name: string }
  readonly details?: Record<string, unknown>
  readonly address?: string
}

export interface Audit {
  /** Never rejects: what was done stays done if its record cannot be written. */
  record(act: Act): Promise<void>
  list(query: {
    readonly cursor?: string | undefined
    readonly limit?: number | undefined
  }): Promise<Page<AuditEntry>>
  /** Forgets what is older than a year. */
  forgetOld(): Promise<void>
}

export function createAudit(store: AuditStore, log: Logger, now: () => Date = () => new Date()): Audit {
  return {
    async record(act) {
      try {
        await store.add(rowOf(act, now()))
      } catch (error) {
        log.error(
          { err: error, action: act.action, actorId: act.actor?.userId },
          'the audit log could not be written',
        )
      }
    },
    async list({ cursor, limit = DEFAULT_PAGE }) {
      const found = await store.list({ after: readCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ at, id }) => ({ at, id }))
      const items = page.items.map(({ id, at, actor, action, subject, address }) => ({
        id,
        at: at.toISOString(),
        actor,
        action,
        subject,
        address,
      }))
      return { items, nextCursor: page.nextCursor }
    },
    forgetOld: () => store.removeBefore(new Date(now().getTime() - KEPT_MS)),
  }
}

function rowOf({ actor, action, subject, details, address }: Act, at: Date): StoredAct {
  return {
    id: randomUUID(),
    at,
    actorId: actor?.userId ?? null,
    actor: actor?.name ?? null,
    action,
    subjectId: subject?.id ?? null,
    subject: subject?.name.slice(0, MAX_SUBJECT) ?? null,
    details: details ?? null,
    address: address ?? null,
  }
}

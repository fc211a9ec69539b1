import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { Database } from './database.ts'
import { IdempotencyRecord } from './entities/idempotency-record.ts'

const KEPT_MS = 24 * 3_600_000
/** After this time the first call cannot be at work any more: its process is gone. */
const ABANDONED_MS = 60_000

/** First answers to calls that may be repeated. */
export interface IdempotencyRecords {
  /** Takes `id` for a first call, or says what is known of it. */
  claim(id: string, bodyHash: string): Promise<'claimed' | KeptAnswer>
  keep(id: string, answer: Record<string, unknown>): Promise<void>
  release(id: string): Promise<void>
  /** Forgets what is older than a day. */
  forgetOld(): Promise<void>
}

interface KeptAnswer {
  readonly bodyHash: string
  readonly answer: Record<string, unknown> | null
}

export function createIdempotencyStore(
  database: Pick<Database, 'fork'>,
  now: () => Date = () => new Date(),
): IdempotencyRecords {
  const before = (ms: number) => new Date(now().getTime() - ms)
  return {
    async claim(id, bodyHash) {
      const em = database.fork()
      await em.nativeDelete(IdempotencyRecord, { id, answer: null, createdAt: { $lt: before(ABANDONED_MS) } })
      await em.nativeDelete(IdempotencyRecord, { id, createdAt: { $lt: before(KEPT_MS) } })
      try {
        await em.insert(IdempotencyRecord, { id, bodyHash, answer: null, createdAt: now() })
        return 'claimed'
      } catch (error) {
        if (!(error instanceof UniqueConstraintViolationException)) throw error
        const record = await em.findOne(IdempotencyRecord, { id })
        return record
          ? { bodyHash: record.bodyHash, answer: record.answer ?? null }
          : this.claim(id, bodyHash)
      }
    },
    async keep(id, answer) {
      await database.fork().nativeUpdate(IdempotencyRecord, { id }, { answer })
    },
    async release(id) {
      await database.fork().nativeDelete(IdempotencyRecord, { id })
    },
    async forgetOld() {
      await database.fork().nativeDelete(IdempotencyRecord, { createdAt: { $lt: before(KEPT_MS) } })
    },
  }
}

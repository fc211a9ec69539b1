import { randomUUID } from 'node:crypto'
import type { MeetingId, ParticipantId, StatsReport, UserId } from '@video-meet/protocol'
import type { Logger } from '../../platform/logger.ts'
import { SerialQueue } from '../../platform/serial-queue.ts'
import { withPoint } from './quality-points.ts'
import type { QualityStore, StoredQuality } from './quality-store.ts'

/** Somebody who is in a call. */
export interface Reporter {
  readonly meetingId: MeetingId
  readonly participantId: ParticipantId
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
}

export interface QualityLogOptions {
  readonly store: Pick<QualityStore, 'save' | 'listOfUser'>
  readonly log: Logger
  readonly now?: () => Date
}

/** Keeps how everyone is connected: in memory while it happens, written now and then and when they leave. */
export class QualityLog {
  readonly #options: QualityLogOptions
  readonly #open = new Map<string, StoredQuality>()
  /** Of the open ones, those that have changed since they were written. */
  readonly #changed = new Set<string>()
  readonly #writes = new SerialQueue()

  constructor(options: QualityLogOptions) {
    this.#options = options
  }

  add(reporter: Reporter, report: StatsReport): void {
    const key = seatOf(reporter)
    const { participantId: _, ...whose } = reporter
    const now = this.#options.now?.() ?? new Date()
    const since = new Date(now.getTime() - report.seconds * 1000)
    const stay = this.#open.get(key) ?? { ...whose, id: randomUUID(), startedAt: since, points: [] }
    const at = Math.max(0, Math.round((since.getTime() - stay.startedAt.getTime()) / 1000))
    this.#open.set(key, {
      ...stay,
      name: reporter.name,
      endedAt: now,
      points: withPoint(stay.points, { ...report, at }),
    })
    this.#changed.add(key)
  }

  left(seat: Pick<Reporter, 'meetingId' | 'participantId'>): void {
    const key = seatOf(seat)
    this.#write(key)
    this.#open.delete(key)
  }

  /** Writes what is new; to be called now and then. */
  async flush(): Promise<void> {
    for (const key of this.#changed) this.#write(key)
    await this.#writes.add(() => Promise.resolve())
  }

  /** What is kept of a user. */
  async exportOf(
    userId: UserId,
  ): Promise<Pick<StoredQuality, 'meetingId' | 'name' | 'startedAt' | 'points'>[]> {
    await this.flush()
    const stays = await this.#options.store.listOfUser(userId)
    return stays.map(({ meetingId, name, startedAt, points }) => ({ meetingId, name, startedAt, points }))
  }

  /** Writes what is new, and waits for it. */
  async close(): Promise<void> {
    await this.flush()
  }

  #write(key: string): void {
    const stay = this.#open.get(key)
    if (!stay || !this.#changed.delete(key)) return
    const { store, log } = this.#options
    this.#writes
      .add(() => store.save(stay))
      .catch((error: unknown) => log.error({ err: error }, 'the quality of a call could not be written'))
  }
}

function seatOf({ meetingId, participantId }: Pick<Reporter, 'meetingId' | 'participantId'>): string {
  return `${meetingId} ${participantId}`
}

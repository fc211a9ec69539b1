import type { MeetingId } from '@video-meet/protocol'
import type { Logger } from '../../platform/logger.ts'
import type { MeetingEvents, MeetingPorts } from './meeting-ports.ts'
import { comesAgain, timeUpAt, remindedOccurrence, timingOf } from './meeting-timing.ts'
import type { StoredMeeting } from './meeting.ts'
import type { MeetingsStore } from './meetings-store.ts'

const BATCH = 100

export interface MeetingLifeOptions {
  readonly store: MeetingsStore
  readonly events: MeetingEvents
  readonly settings: MeetingPorts['settings']
  /** Whether there is a call, be it empty for a moment. */
  readonly isLive: (id: MeetingId) => boolean
  readonly endRoom: MeetingPorts['endRoom']
  readonly log: Logger
  readonly now?: () => Date
}

/** What calls and time do to meetings: they begin, end, expire and are deleted by themselves. */
export class MeetingLife {
  readonly #options: MeetingLifeOptions
  readonly #now: () => Date

  constructor(options: MeetingLifeOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  /** The first person came. */
  async callBegan(id: MeetingId): Promise<void> {
    const meeting = await this.#options.store.findById(id)
    // They were let in just before it was ended, cancelled or deleted.
    if (!meeting || (meeting.state !== 'open' && meeting.state !== 'ended')) return this.#options.endRoom(id)
    const isNew = meeting.startedAt === null || meeting.endedAt !== null
    const now = this.#now()
    await this.#settle({
      ...meeting,
      state: 'open',
      startedAt: isNew ? now : meeting.startedAt,
      endedAt: null,
    })
    if (isNew) await this.#options.events.started(meeting, null)
  }

  /** Nobody has been in the call for a while. */
  async callEnded(id: MeetingId): Promise<void> {
    const meeting = await this.#options.store.findById(id)
    if (meeting?.state === 'open' && meeting.startedAt !== null) await this.#over(meeting)
  }

  /** Does what is due; to be called every few seconds. */
  async look(): Promise<void> {
    const { store } = this.#options
    for (const meeting of await store.remindBefore(this.#now(), BATCH))
      await this.#guarded(meeting, () => this.#remind(meeting))
    for (const meeting of await store.dueBefore(this.#now(), BATCH))
      await this.#guarded(meeting, () => this.#due(meeting))
  }

  /** What goes wrong with one meeting leaves the others alone. */
  async #guarded({ id }: StoredMeeting, work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      this.#options.log.error({ err: error, meetingId: id }, 'looking after a meeting failed')
    })
  }

  async #remind(meeting: StoredMeeting): Promise<void> {
    const { store, events, settings } = this.#options
    if (!meeting.remindAt) return
    const occurrence = remindedOccurrence(meeting, meeting.remindAt, settings.reminderMinutes)
    const { remindAt } = timingOf(meeting, this.#moment(meeting))
    await store.settle(meeting.id, { remindAt })
    // The server may have been down when it was time.
    if (meeting.state !== 'open' || !occurrence || occurrence.startsAt <= this.#now()) return
    await events.remind({ ...meeting, nextStartsAt: occurrence.startsAt })
  }

  async #due(meeting: StoredMeeting): Promise<void> {
    const { store, isLive, endRoom, log } = this.#options
    if (meeting.state !== 'open') {
      await store.remove(meeting.id)
      endRoom(meeting.id)
      log.info({ meetingId: meeting.id }, 'meeting deleted: its time of keeping is over')
      return
    }
    const now = this.#now()
    const timeUp = timeUpAt(meeting)
    if (isLive(meeting.id)) {
      if (timeUp && timeUp <= now) {
        await this.#over(meeting)
        endRoom(meeting.id)
      } else await this.#settle(meeting)
      return
    }
    // The call was on when the server ended, and nobody came back.
    const left = meeting.startedAt !== null && meeting.endedAt === null
    const { dueAt } = timingOf(meeting, this.#moment(meeting))
    if (left || (dueAt && dueAt <= now)) await this.#over(meeting)
    else await this.#settle(meeting)
  }

  async #over(meeting: StoredMeeting): Promise<void> {
    const now = this.#now()
    const endedAt = meeting.endedAt ?? now
    await this.#settle({ ...meeting, state: comesAgain(meeting, now) ? 'open' : 'ended', endedAt })
  }

  async #settle(meeting: StoredMeeting): Promise<void> {
    const { state, startedAt, endedAt } = meeting
    const timing = timingOf(meeting, this.#moment(meeting))
    // A reminder that is due but has not gone out yet must not be skipped.
    const isDue = meeting.remindAt !== null && meeting.remindAt <= this.#now()
    const remindAt = isDue ? meeting.remindAt : timing.remindAt
    await this.#options.store.settle(meeting.id, { state, startedAt, endedAt, ...timing, remindAt })
  }

  #moment({ id }: StoredMeeting) {
    const { isLive, settings } = this.#options
    return { now: this.#now(), live: isLive(id), reminderMinutes: settings.reminderMinutes }
  }
}

import type { CallSettings, MeetingId } from '@video-meet/protocol'
import { CallState, type Standing, type StoredCall } from '../../room/call-state.ts'
import type { RoomPolicy } from '../../room/permissions.ts'
import type { CallsStore } from './calls-store.ts'

/** After a restart a call goes on if somebody comes back within this time. */
const TAKEN_OVER_WITHIN_MS = 10 * 60_000

/** What of a call the door has to know, as it is at the moment of asking. */
export interface CallAtDoor {
  readonly since: Date
  readonly settings: CallSettings
  standingOf(key: string): Standing
  /** For the room that opens with it; null when a new call begins. */
  readonly stored: StoredCall | null
}

export interface CallsOptions {
  readonly store: CallsStore
  /** The state of a call in this process. */
  readonly live: (id: MeetingId) => CallState | undefined
  readonly now?: () => Date
}

/** What was decided in calls, whether this process holds them or the one before it did. */
export class Calls {
  readonly #options: CallsOptions
  readonly #now: () => Date
  readonly #startedAt: number

  constructor(options: CallsOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
    this.#startedAt = this.#now().getTime()
  }

  async of({ id, policy }: { readonly id: MeetingId; readonly policy: RoomPolicy }): Promise<CallAtDoor> {
    const live = () => this.#options.live(id)
    const stored = live() ? null : await this.#leftBehind(id)
    const before = live() ?? new CallState(policy, stored)
    return atDoor(() => live() ?? before, stored)
  }

  async changed(id: MeetingId, call: StoredCall): Promise<void> {
    await this.#options.store.save(id, call, this.#now())
  }

  async over(id: MeetingId): Promise<void> {
    await this.#options.store.remove(id)
  }

  /** By the process before. What is left of a call to which nobody came back says nothing about the next one. */
  async #leftBehind(id: MeetingId): Promise<StoredCall | null> {
    const isEarly = this.#now().getTime() - this.#startedAt < TAKEN_OVER_WITHIN_MS
    return isEarly ? await this.#options.store.find(id) : null
  }
}

function atDoor(call: () => CallState, stored: StoredCall | null): CallAtDoor {
  return {
    get since() {
      return call().since
    },
    get settings() {
      return call().settings
    },
    standingOf: (key) => call().standingOf(key),
    stored,
  }
}

import type { NotificationPayload, ParticipantId } from '@video-meet/protocol'
import { type ReadableStore, Store } from './core/store.ts'
import type { Participant } from './participant.ts'

/** The message that says "silence" may get lost; levels come several times a second while anyone speaks. */
const SILENT_AFTER_MS = 1500
/** Loudness in dBov that is shown as 0 and as 1. */
const QUIET_DBOV = -70
const LOUD_DBOV = -20

/** Who speaks, and how loud. */
export class Speakers {
  readonly #participants: ReadableStore<readonly Participant[]>
  readonly #active = new Store<ParticipantId | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(participants: ReadableStore<readonly Participant[]>) {
    this.#participants = participants
  }

  get active(): ReadableStore<ParticipantId | null> {
    return this.#active
  }

  restore(activeSpeaker: ParticipantId | null): void {
    this.#silence()
    this.#active.set(activeSpeaker)
  }

  changed({ activeSpeaker, levels }: NotificationPayload<'room.speakersChanged'>): void {
    const levelOf = new Map(levels.map(({ participantId, level }) => [participantId, level]))
    for (const participant of this.#participants.get()) {
      const level = levelOf.get(participant.id)
      participant.setLevel(level === undefined ? 0 : levelFromDbov(level), level !== undefined)
    }
    this.#active.set(activeSpeaker)
    clearTimeout(this.#timer)
    if (levels.length > 0) this.#timer = setTimeout(() => this.#silence(), SILENT_AFTER_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #silence(): void {
    clearTimeout(this.#timer)
    for (const participant of this.#participants.get()) participant.setLevel(0, false)
  }
}

function levelFromDbov(level: number): number {
  return Math.min(1, Math.max(0, (level - QUIET_DBOV) / (LOUD_DBOV - QUIET_DBOV)))
}

import type { ModerationNote, ParticipantId } from '@video-meet/protocol'

const MOST_KEPT = 20

/** What was done to people whose connection was lost, until they are back. */
export class MissedNotes {
  readonly #notes = new Map<ParticipantId, ModerationNote[]>()

  add(id: ParticipantId, note: ModerationNote): void {
    this.#notes.set(id, [...(this.#notes.get(id) ?? []), note].slice(-MOST_KEPT))
  }

  /** Once. */
  take(id: ParticipantId): ModerationNote[] {
    const notes = this.#notes.get(id) ?? []
    this.forget(id)
    return notes
  }

  forget(id: ParticipantId): void {
    this.#notes.delete(id)
  }
}

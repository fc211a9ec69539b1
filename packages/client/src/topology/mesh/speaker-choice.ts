import type { NotificationPayload, ParticipantId } from '@video-meet/protocol'

/** Who is heard, and how loud in dBov; as the server tells it of what it hears itself. */
export type SpeakerLevels = NotificationPayload<'room.speakersChanged'>
export type Level = SpeakerLevels['levels'][number]

/** Another one has to be so much louder, for so long, to be the one who speaks. */
const CLEARLY_DB = 6
const STEADILY_MS = 400
const SILENT_DBOV = -127

/** Who of those that are heard is the one who speaks: not whoever coughs. */
export class SpeakerChoice {
  #active: ParticipantId | null = null
  #rival: { readonly id: ParticipantId; readonly since: number } | null = null

  /**
   * @param levels of those who are loud enough to count
   * @returns who speaks, or spoke last
   */
  hear(levels: readonly Level[], now: number): ParticipantId | null {
    const loudest = levels.toSorted((a, b) => b.level - a.level)[0]
    if (!loudest) return this.#stay()
    const { participantId: id, level } = loudest
    if (this.#active === null) return this.#become(id)
    const own = levels.find(({ participantId }) => participantId === this.#active)?.level ?? SILENT_DBOV
    if (id === this.#active || level - own < CLEARLY_DB) return this.#stay()
    if (this.#rival?.id !== id) this.#rival = { id, since: now }
    return now - this.#rival.since >= STEADILY_MS ? this.#become(id) : this.#active
  }

  /** Who is not there any more does not speak. */
  keep(present: readonly ParticipantId[]): void {
    if (this.#active !== null && !present.includes(this.#active)) this.#active = null
  }

  #stay(): ParticipantId | null {
    this.#rival = null
    return this.#active
  }

  #become(id: ParticipantId): ParticipantId {
    this.#active = id
    this.#rival = null
    return id
  }
}

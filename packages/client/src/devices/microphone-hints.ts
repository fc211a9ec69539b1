/** What somebody should be told of their microphone. */
export type MicrophoneHint = 'talking-while-muted' | 'silent'

/** What was heard of the microphone in one tenth of a second. */
export interface Heard {
  readonly muted: boolean
  /** Level in dB relative to full scale. */
  readonly decibels: number
  /** Nothing at all, not even noise, which real microphones do not give. */
  readonly digitalSilence: boolean
}

/** How often `judge` is to be called. */
export const JUDGED_EVERY_MS = 100
/** Somebody who speaks towards the microphone, and not the room. */
const SPEECH_DB = -42
/** Of the last second, how much has to be speech: a cough or a door is shorter. */
const SPOKEN_TENTHS = 5
const WINDOW_TENTHS = 10
/** How long the hint stays after the last word, and how long it is not repeated then. */
const STAYS_TENTHS = 40
const RESTS_TENTHS = 200
const SILENT_TENTHS = 60

/** Judges from what is heard which hint to show. Pure but for what it remembers. */
export class MicrophoneJudge {
  #window: boolean[] = []
  #talkedAgo = Infinity
  #restsFor = 0
  #silentFor = 0

  judge({ muted, decibels, digitalSilence }: Heard): MicrophoneHint | null {
    this.#silentFor = !muted && digitalSilence ? this.#silentFor + 1 : 0
    if (!muted) {
      this.forget()
      return this.#silentFor >= SILENT_TENTHS ? 'silent' : null
    }
    this.#window = [...this.#window, decibels > SPEECH_DB].slice(-WINDOW_TENTHS)
    this.#talkedAgo = this.#isTalking() && this.#restsFor === 0 ? 0 : this.#talkedAgo + 1
    if (this.#talkedAgo === STAYS_TENTHS) this.#restsFor = RESTS_TENTHS
    else if (this.#restsFor > 0) this.#restsFor -= 1
    return this.#talkedAgo < STAYS_TENTHS ? 'talking-while-muted' : null
  }

  /** Another microphone, or the person has unmuted: what was said before does not count. */
  forget(): void {
    this.#window = []
    this.#talkedAgo = Infinity
    this.#restsFor = 0
  }

  /** The person has read the hint. */
  dismiss(): void {
    this.forget()
    this.#restsFor = RESTS_TENTHS
    this.#silentFor = -RESTS_TENTHS
  }

  #isTalking(): boolean {
    return this.#window.filter(Boolean).length >= SPOKEN_TENTHS
  }
}

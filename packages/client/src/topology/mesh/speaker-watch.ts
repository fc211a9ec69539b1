import type { ParticipantId } from '@video-meet/protocol'
import { type Level, SpeakerChoice, type SpeakerLevels } from './speaker-choice.ts'

/** A microphone to be listened to. */
export interface Voice {
  readonly participantId: ParticipantId
  /** How loud it is at this moment, from 0 to 1; null when nothing comes. */
  readonly read: () => Promise<number | null>
}

export interface SpeakerWatchOptions {
  readonly voices: () => readonly Voice[]
  readonly onChanged: (speakers: SpeakerLevels) => void
}

const EVERY_MS = 200
/** Below it nobody counts as speaking. */
const THRESHOLD_DBOV = -60
const SILENT_DBOV = -127
/** A voice rises at once and falls by so much a look: there are gaps between words. */
const FALLS_DB = 8
/** As many as the server would tell. */
const MOST_LEVELS = 5

/** Listens who speaks where the server hears nobody: several times a second while anyone does, and once when it falls silent. */
export class SpeakerWatch {
  readonly #options: SpeakerWatchOptions
  readonly #choice = new SpeakerChoice()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** As it was at the last look, in dBov. */
  #heard: ReadonlyMap<ParticipantId, number> = new Map()
  #active: ParticipantId | null = null
  #isSilent = true

  constructor(options: SpeakerWatchOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#timer === undefined) this.#listenSoon()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#heard = new Map()
    this.#isSilent = true
  }

  #listenSoon(): void {
    this.#timer = setTimeout(() => void this.#listen(), EVERY_MS)
  }

  async #listen(): Promise<void> {
    const timer = this.#timer
    const voices = this.#options.voices()
    const levels = await Promise.all(voices.map((voice) => this.#levelOf(voice)))
    // Stopped meanwhile, and perhaps started again.
    if (this.#timer !== timer) return
    this.#heard = new Map(levels.map(({ participantId, level }) => [participantId, level]))
    this.#choice.keep(voices.map(({ participantId }) => participantId))
    this.#tell(levels.filter(({ level }) => level >= THRESHOLD_DBOV))
    this.#listenSoon()
  }

  async #levelOf({ participantId, read }: Voice): Promise<Level> {
    const before = this.#heard.get(participantId) ?? SILENT_DBOV
    // A connection that is being closed has no statistics.
    const level = dbovOf(await read().catch(() => null))
    return { participantId, level: Math.max(level, before - FALLS_DB, SILENT_DBOV) }
  }

  #tell(levels: readonly Level[]): void {
    const activeSpeaker = this.#choice.hear(levels, performance.now())
    const wasSilent = this.#isSilent
    this.#isSilent = levels.length === 0
    if (this.#isSilent && wasSilent && activeSpeaker === this.#active) return
    this.#active = activeSpeaker
    const loudest = levels.toSorted((a, b) => b.level - a.level)
    this.#options.onChanged({ activeSpeaker, levels: loudest.slice(0, MOST_LEVELS) })
  }
}

function dbovOf(level: number | null): number {
  return level === null || level <= 0
    ? SILENT_DBOV
    : Math.max(SILENT_DBOV, Math.round(20 * Math.log10(level)))
}

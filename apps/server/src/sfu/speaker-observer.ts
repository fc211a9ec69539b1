import type { ParticipantId } from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { Emitter } from '../platform/emitter.ts'
import type { SourceProducer } from './peer-media.ts'

const INTERVAL_MS = 200
/** dBov below which nobody counts as speaking. */
const SILENCE_THRESHOLD = -60
const MAX_LEVELS = 5

export interface SpeakerLevels {
  readonly activeSpeaker: ParticipantId | null
  readonly levels: readonly { readonly participantId: ParticipantId; readonly level: number }[]
}

type SpeakerEvents = {
  /** Several times a second while anyone speaks, and once when it falls silent. */
  changed: [SpeakerLevels]
}

/** Listens to the microphones of one router: who speaks, and how loud. */
export class SpeakerObserver extends Emitter<SpeakerEvents> {
  readonly #levelObserver: types.AudioLevelObserver
  readonly #speakerObserver: types.ActiveSpeakerObserver
  #activeSpeaker: ParticipantId | null = null
  #levels: SpeakerLevels['levels'] = []

  private constructor(levels: types.AudioLevelObserver, speakers: types.ActiveSpeakerObserver) {
    super()
    this.#levelObserver = levels
    this.#speakerObserver = speakers
    levels.on('volumes', (volumes) => {
      this.#levels = volumes.map(({ producer, volume }) => ({
        participantId: ownerOf(producer),
        level: volume,
      }))
      this.#report()
    })
    levels.on('silence', () => {
      this.#levels = []
      this.#report()
    })
    speakers.on('dominantspeaker', ({ producer }) => {
      this.#activeSpeaker = ownerOf(producer)
      this.#report()
    })
  }

  static async create(router: types.Router): Promise<SpeakerObserver> {
    const [levels, speakers] = await Promise.all([
      router.createAudioLevelObserver({
        interval: INTERVAL_MS,
        threshold: SILENCE_THRESHOLD,
        maxEntries: MAX_LEVELS,
      }),
      router.createActiveSpeakerObserver({ interval: INTERVAL_MS }),
    ])
    return new SpeakerObserver(levels, speakers)
  }

  get activeSpeaker(): ParticipantId | null {
    return this.#activeSpeaker
  }

  async add(producer: types.Producer): Promise<void> {
    const observed = { producerId: producer.id }
    await Promise.all([
      this.#levelObserver.addProducer(observed),
      this.#speakerObserver.addProducer(observed),
    ])
  }

  /** A person who left is no active speaker; mediasoup does not tell. */
  forget(participantId: ParticipantId): void {
    if (this.#activeSpeaker !== participantId) return
    this.#activeSpeaker = null
    this.#levels = this.#levels.filter((level) => level.participantId !== participantId)
    this.#report()
  }

  #report(): void {
    this.emit('changed', { activeSpeaker: this.#activeSpeaker, levels: this.#levels })
  }
}

function ownerOf(producer: types.Producer): ParticipantId {
  return (producer as SourceProducer).appData.participantId
}

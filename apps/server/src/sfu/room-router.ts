import type { ParticipantId, RtpCapabilities } from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { MediaWorker } from './media-worker.ts'
import { PeerMedia, type PeerMediaListener, type SourceProducer } from './peer-media.ts'
import { type SpeakerLevels, SpeakerObserver } from './speaker-observer.ts'
import { WantedLayers } from './wanted-layers.ts'

type RoomRouterEvents = {
  /** The worker died: every session of this router is gone. */
  lost: []
  speakersChanged: [SpeakerLevels]
}

interface RoomRouterParts {
  readonly worker: MediaWorker
  readonly router: types.Router
  readonly log: Logger
}

export interface SessionOptions {
  readonly participantId: ParticipantId
  readonly rtpCapabilities: RtpCapabilities
  readonly listener: PeerMediaListener
}

/** The media of one room on one worker: every session's producers are consumed by every other session at once. */
export class RoomRouter extends Emitter<RoomRouterEvents> {
  readonly #parts: RoomRouterParts
  readonly #speakers: SpeakerObserver
  readonly #sessions = new Set<PeerMedia>()
  readonly #wanted = new WantedLayers({
    onChanged: (producerId, layer) => {
      for (const session of this.#sessions) session.layerWanted(producerId, layer)
    },
  })
  #closed = false

  private constructor(parts: RoomRouterParts, speakers: SpeakerObserver) {
    super()
    this.#parts = parts
    this.#speakers = speakers
    speakers.on('changed', (levels) => this.emit('speakersChanged', levels))
    parts.router.observer.once('close', () => {
      if (this.#closed) return
      this.emit('lost')
      this.close()
    })
  }

  static async create(parts: RoomRouterParts): Promise<RoomRouter> {
    return new RoomRouter(
      parts,
      await parts.worker.call('Creating observers', SpeakerObserver.create(parts.router)),
    )
  }

  get activeSpeaker(): ParticipantId | null {
    return this.#speakers.activeSpeaker
  }

  /** New transports for a participant, with a consumer for everything that the others send now. */
  async openSession(options: SessionOptions): Promise<PeerMedia> {
    const { worker, router, log } = this.#parts
    const session = await PeerMedia.open({
      ...options,
      worker,
      router,
      log,
      wanted: this.#wanted,
      onProduced: (producer) => this.#share(session, producer),
    })
    this.#sessions.add(session)
    worker.sessionCount += 1
    session.on('closed', () => {
      worker.sessionCount -= 1
      this.#sessions.delete(session)
      this.#speakers.forget(options.participantId)
    })
    await this.#settle(
      this.#othersThan(session).flatMap((other) =>
        other.producers.map((producer) => session.consume(producer, other.participantId)),
      ),
    )
    if (this.#closed) {
      session.close()
      throw new AppError('media_unavailable', 'The media server is restarting. Try again in a moment.')
    }
    return session
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const session of this.#sessions) session.close()
    this.#wanted.close()
    this.#parts.router.close()
    this.removeListeners()
  }

  async #share(owner: PeerMedia, producer: SourceProducer): Promise<void> {
    const work = this.#othersThan(owner).map((session) => session.consume(producer, owner.participantId))
    if (producer.appData.source === 'microphone') {
      work.push(this.#parts.worker.call('Observing a microphone', this.#speakers.add(producer)))
    }
    await this.#settle(work)
  }

  #othersThan(session: PeerMedia): PeerMedia[] {
    return [...this.#sessions].filter((other) => other !== session)
  }

  /** A track that one person cannot have, perhaps because it has just ended, is not kept from the others. */
  async #settle(work: Promise<void>[]): Promise<void> {
    for (const result of await Promise.allSettled(work)) {
      if (result.status === 'rejected') this.#parts.log.warn({ err: result.reason }, 'a track was not shared')
    }
  }
}

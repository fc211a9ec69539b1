import {
  capabilityOf,
  type MediaSession,
  type ProducerId,
  type RequestInput,
  type RtpCapabilities,
  type TrackSource,
  type TrackState,
} from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { videoCodecsOf } from '../sfu/codecs.ts'
import type { PeerMedia } from '../sfu/peer-media.ts'
import type { RoomRouter } from '../sfu/room-router.ts'
import type { SpeakerLevels } from '../sfu/speaker-observer.ts'
import type { Peer } from './peer.ts'

/** What this needs of the SFU; a `WorkerPool` has it. */
export interface RouterSource {
  createRoomRouter(log: Logger): Promise<RoomRouter>
}

export interface RoomMediaOptions {
  readonly routers: RouterSource
  readonly log: Logger
  readonly peers: () => Iterable<Peer>
  /** The track was published or changed. */
  readonly onTrack: (peer: Peer, track: TrackState) => void
  readonly onTrackGone: (peer: Peer, source: TrackSource) => void
  readonly onSpeakers: (levels: SpeakerLevels) => void
  /** The worker is gone, and those who are here go to another one. */
  readonly onReplaced: () => void
}

/** The room's media in the SFU. The router exists while anyone needs it, and anew when its worker died. */
export class RoomMedia {
  readonly #options: RoomMediaOptions
  #router: Promise<RoomRouter> | null = null
  #activeSpeaker: SpeakerLevels['activeSpeaker'] = null

  constructor(options: RoomMediaOptions) {
    this.#options = options
  }

  get activeSpeaker(): SpeakerLevels['activeSpeaker'] {
    return this.#activeSpeaker
  }

  /** A new session for this person in place of the one they have; what they published with that one is gone. */
  async open(peer: Peer, rtpCapabilities: RtpCapabilities): Promise<PeerMedia> {
    assertPresent(peer)
    peer.media?.close()
    const router = await this.#currentRouter()
    const media = await router.openSession({
      participantId: peer.id,
      rtpCapabilities,
      listener: {
        consumerOpened: (consumer) => peer.notify('sfu.consumerOpened', consumer),
        consumerClosed: (consumerId) => peer.notify('sfu.consumerClosed', { consumerId }),
        layerWanted: (source, spatialLayer) => peer.notify('sfu.layerWanted', { source, spatialLayer }),
      },
    })
    try {
      assertPresent(peer)
    } catch (error) {
      media.close()
      throw error
    }
    peer.media = media
    peer.videoCodecs = videoCodecsOf(rtpCapabilities)
    media.on('closed', (sources) => this.#sessionClosed(peer, media, sources))
    return media
  }

  /** Like `open`, for a client that asks for a new session by itself. */
  reopen(peer: Peer, rtpCapabilities: RtpCapabilities): Promise<MediaSession> {
    return peer.queue.add(async () => (await this.open(peer, rtpCapabilities)).describe())
  }

  produce(peer: Peer, input: RequestInput<'sfu.produce'>): Promise<ProducerId> {
    return peer.queue.add(async () => {
      const { source, muted } = input
      peer.assertMay(capabilityOf(source))
      const media = mediaOf(peer)
      if (!muted) peer.stopped.delete(source)
      const track = { source, muted }
      this.#list(peer, track)
      try {
        const producerId = await media.produce(input)
        // Stopped, or taken from them, while the worker had nothing yet that it could have stopped.
        const wasStopped = peer.tracks.get(source) !== track
        if (wasStopped || !peer.may(capabilityOf(source))) await this.stop(peer, source)
        return producerId
      } catch (error) {
        // What they sent before from this source must not flow on unseen.
        media.unpublish(source)
        this.#forgetTrack(peer, source)
        throw error
      }
    })
  }

  setMuted(peer: Peer, source: TrackSource, muted: boolean): Promise<void> {
    return peer.queue.add(async () => {
      if (!peer.tracks.has(source)) throw noTrack(source)
      // Asked again in its turn: it may have been taken from them meanwhile.
      if (!muted) {
        peer.assertMay(capabilityOf(source))
        peer.stopped.delete(source)
      }
      // What goes over links the server cannot hold back, only say so to those who receive it.
      await peer.media?.setMuted(source, muted)
      // Taken away meanwhile: it must not be shown again.
      if (!peer.tracks.has(source)) throw noTrack(source)
      this.#list(peer, { source, muted })
    })
  }

  unpublish(peer: Peer, source: TrackSource): Promise<void> {
    return peer.queue.add(async () => {
      peer.media?.unpublish(source)
      this.#forgetTrack(peer, source)
    })
  }

  /**
   * Stops what somebody sends from `source`, whatever their client does: a screen is taken away, a microphone or camera
   * is muted. Not in their queue, which a client can keep busy.
   */
  async stop(peer: Peer, source: TrackSource): Promise<void> {
    if (capabilityOf(source) === 'screen') {
      for (const part of ['screen', 'screen-audio'] as const) {
        if (peer.tracks.has(part)) peer.stopped.add(part)
        peer.media?.unpublish(part)
        this.#forgetTrack(peer, part)
      }
      return
    }
    // Who is away may have had it, and would come back with it.
    if (peer.tracks.has(source) || !peer.connection) peer.stopped.add(source)
    if (!peer.tracks.has(source)) return
    this.#showMuted(peer, source)
    await peer.media?.setMuted(source, true)
    // An unmuting that was under way may have said otherwise meanwhile; in the worker it came before this.
    this.#showMuted(peer, source)
  }

  /** Lists what goes to the others over links. */
  publish(peer: Peer, track: TrackState): Promise<void> {
    return peer.queue.add(async () => {
      peer.assertMay(capabilityOf(track.source))
      if (!track.muted) peer.stopped.delete(track.source)
      this.#list(peer, track)
    })
  }

  /** Nothing of this source comes to the server any more, but it stays listed. */
  closeProducer(peer: Peer, source: TrackSource): Promise<void> {
    return peer.queue.add(async () => peer.media?.unpublish(source))
  }

  /** Frees the router; the next one who opens a session gets a new one. */
  async close(): Promise<void> {
    const router = this.#router
    this.#router = null
    this.#activeSpeaker = null
    await router?.then(
      (opened) => opened.close(),
      () => undefined,
    )
  }

  #currentRouter(): Promise<RoomRouter> {
    if (this.#router) return this.#router
    const opening = this.#options.routers.createRoomRouter(this.#options.log)
    this.#router = opening
    opening.then(
      (router) => this.#follow(router, opening),
      () => this.#drop(opening),
    )
    return opening
  }

  #follow(router: RoomRouter, opening: Promise<RoomRouter>): void {
    router.on('speakersChanged', (levels) => {
      this.#activeSpeaker = levels.activeSpeaker
      this.#options.onSpeakers(levels)
    })
    router.on('lost', () => {
      if (this.#router !== opening) return
      this.#options.log.warn('media worker lost, the room moves to another one')
      this.#drop(opening)
      for (const peer of this.#options.peers()) {
        if (peer.media) peer.notify('sfu.sessionLost', { id: peer.media.id })
      }
      this.#options.onReplaced()
    })
  }

  #drop(opening: Promise<RoomRouter>): void {
    if (this.#router === opening) this.#router = null
  }

  /** What went over links is not concerned. */
  #sessionClosed(peer: Peer, media: PeerMedia, sources: readonly TrackSource[]): void {
    if (peer.media !== media) return
    peer.media = null
    for (const source of sources) this.#forgetTrack(peer, source)
  }

  #showMuted(peer: Peer, source: TrackSource): void {
    if (peer.tracks.get(source)?.muted === false) this.#list(peer, { source, muted: true })
  }

  #list(peer: Peer, track: TrackState): void {
    peer.tracks.set(track.source, track)
    this.#options.onTrack(peer, track)
  }

  #forgetTrack(peer: Peer, source: TrackSource): void {
    if (!peer.tracks.delete(source) || peer.closed) return
    this.#options.onTrackGone(peer, source)
  }
}

/** @throws AppError `not_joined` when the person left while they waited for their turn */
function assertPresent(peer: Peer): void {
  if (peer.closed) throw new AppError('not_joined', 'You are not in this meeting any more.')
}

function noTrack(source: TrackSource): AppError {
  return new AppError('not_found', `You have no ${source} track.`)
}

/** @throws AppError `media_unavailable` when the person has no media session (its worker died) */
export function mediaOf(peer: Peer): PeerMedia {
  if (!peer.media) throw new AppError('media_unavailable', 'Your media session is gone. Open a new one.')
  return peer.media
}

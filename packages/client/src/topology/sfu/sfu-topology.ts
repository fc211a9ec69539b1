import type {
  MediaSession,
  MediaSessionId,
  ParticipantId,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import type { Device } from 'mediasoup-client'
import { delay } from '../../core/abort.ts'
import { Emitter } from '../../core/emitter.ts'
import { SerialQueue } from '../../core/serial-queue.ts'
import { UndoList } from '../../core/undo-list.ts'
import { isDisconnected } from '../../errors.ts'
import type { TrackDemand } from '../../track.ts'
import type { SendingLimits } from '../sending-limits.ts'
import type { LocalMedia, TopologyContext, TopologyEvents } from '../topology.ts'
import { type CodecsToSend, codecForAll, isCodec } from '../video-codec.ts'
import { capabilitiesToWire } from './rtp.ts'
import { SfuReceiver } from './sfu-receiver.ts'
import { SfuSender } from './sfu-sender.ts'
import { SfuSession } from './sfu-session.ts'

const FIRST_RETRY_MS = 1000
const MAX_RETRY_MS = 8000
const STALLS_BEFORE_TCP = 3

/** Everyone sends to the server once and receives the others from it. */
export class SfuTopology extends Emitter<TopologyEvents> {
  readonly #device: Device
  readonly #context: TopologyContext
  readonly #sender: SfuSender
  readonly #receiver: SfuReceiver
  readonly #rebuilds = new SerialQueue()
  readonly #undo = new UndoList()
  readonly #closing = new AbortController()
  #session: SfuSession | undefined
  #tcpOnly = false

  constructor(device: Device, context: TopologyContext) {
    super()
    const { request, log, onNotification } = context
    this.#device = device
    this.#context = context
    this.#sender = new SfuSender({
      request,
      log,
      onFailed: (source, error) => this.emit('publishFailed', source, error),
    })
    this.#receiver = new SfuReceiver({
      request,
      log,
      onReceived: ({ participantId, source }, mediaTrack) =>
        this.emit('mediaReceived', participantId, source, mediaTrack),
      onLost: ({ participantId, source }) => this.emit('mediaLost', participantId, source),
    })
    this.#undo.add(onNotification('sfu.consumerOpened', (options) => this.#receiver.open(options)))
    this.#undo.add(
      onNotification('sfu.consumerClosed', ({ consumerId }) => this.#receiver.closeConsumer(consumerId)),
    )
    this.#undo.add(
      onNotification('sfu.layerWanted', ({ source, spatialLayer }) =>
        this.#sender.setWantedLayer(source, spatialLayer),
      ),
    )
    this.#undo.add(
      onNotification('sfu.sessionLost', ({ id }) => {
        if (this.#session?.id === id) this.#rebuild(this.#session)
      }),
    )
  }

  get mediaSessionId(): MediaSessionId | undefined {
    return this.#session?.broken ? undefined : this.#session?.id
  }

  restore(media: MediaSession, published: readonly TrackState[]): void {
    if (this.#closing.signal.aborted) return
    const held = this.#session
    if (held !== undefined && held.id === media.id && !held.broken) {
      this.#receiver.attach(held, media.consumers)
      this.#sender.attach(held, published)
      held.retryIce()
    } else {
      this.#replaceSession(media, published)
    }
  }

  publish(source: TrackSource, media: LocalMedia): void {
    this.#sender.setDesired(source, media)
  }

  unpublish(source: TrackSource): void {
    this.#sender.setDesired(source, null)
  }

  /**
   * Nothing comes in though the session seems connected and the server sends.
   *
   * @param times how often this was so since something came in
   */
  mend(times: number): void {
    const session = this.#session
    this.#context.log.warn('media has stalled', { times })
    this.#tcpOnly = times >= STALLS_BEFORE_TCP
    if (times === 1) session?.restartIce()
    else session?.breakOff('media has stalled')
  }

  /** What was sent meanwhile is lost: pictures begin anew. */
  askForPictures(): void {
    this.#receiver.askForPictures()
  }

  networkChanged(): void {
    this.#session?.restartIce()
  }

  /** Whether what is published goes to the server, or the server only knows of it. */
  setSending(sending: boolean): void {
    this.#sender.setSending(sending)
  }

  receiver(participantId: ParticipantId, source: TrackSource): RTCRtpReceiver | undefined {
    return this.#receiver.receiver(participantId, source)
  }

  sender(source: TrackSource): RTCRtpSender | undefined {
    return this.#sender.sender(source)
  }

  /** Sends no more than this, whoever wants it. */
  setLimits(limits: SendingLimits): void {
    this.#sender.setLimits(limits)
  }

  setCodecs(codecs: CodecsToSend): void {
    const sendable = this.#device.sendRtpCapabilities.codecs ?? []
    this.#sender.setCodec(
      codecForAll(codecs, (codec) => sendable.some(({ mimeType }) => isCodec(mimeType, codec))),
    )
  }

  setDemand(participantId: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    this.#receiver.setDemand(participantId, source, demand)
  }

  close(): void {
    this.#closing.abort()
    this.#undo.run()
    this.#rebuilds.close()
    this.#sender.close()
    this.#receiver.close()
    this.#session?.close()
    this.removeAllListeners()
  }

  #replaceSession(media: MediaSession, published: readonly TrackState[]): void {
    const previous = this.#session
    const session = new SfuSession({
      device: this.#device,
      media,
      tcpOnly: this.#tcpOnly,
      request: this.#context.request,
      iceServers: this.#context.iceServers,
      log: this.#context.log,
      onBroken: (broken) => this.#rebuild(broken),
      onBack: (back) => {
        if (back === this.#session) this.askForPictures()
      },
    })
    this.#session = session
    this.#receiver.attach(session, media.consumers)
    this.#sender.attach(session, published)
    previous?.close()
  }

  /** Asks for a session in place of `lost`. */
  #rebuild(lost: SfuSession): void {
    this.#rebuilds
      .run(() => this.#openSession(lost))
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted)
          this.#context.log.error('the media session was not rebuilt', { error })
      })
  }

  async #openSession(lost: SfuSession): Promise<void> {
    const { request, log } = this.#context
    const rtpCapabilities = capabilitiesToWire(this.#device.recvRtpCapabilities)
    // Whoever replaces the session meanwhile, such as a reconnect, has overtaken this.
    for (
      let retryMs = FIRST_RETRY_MS;
      this.#session === lost;
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS)
    ) {
      try {
        const media = await request('sfu.openSession', { rtpCapabilities }, { oneConnection: true })
        if (!this.#closing.signal.aborted) this.#replaceSession(media, [])
        return
      } catch (error) {
        if (this.#closing.signal.aborted) return
        if (!isDisconnected(error)) log.warn('no new media session yet', { error })
        await delay(retryMs, this.#closing.signal)
      }
    }
  }
}

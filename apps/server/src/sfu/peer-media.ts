import { randomUUID } from 'node:crypto'
import {
  type ConsumerId,
  type ConsumerOptions,
  type DtlsParameters,
  type IceParameters,
  kindOfSource,
  type MediaSession,
  type MediaSessionId,
  type ParticipantId,
  type ProducerId,
  type ParsedInput,
  type RtpCapabilities,
  type RtpParameters,
  type TrackSource,
  type TransportId,
} from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { MediaWorker } from './media-worker.ts'
import { PeerConsumer } from './peer-consumer.ts'
import {
  fromWireDtlsParameters,
  fromWireRtpCapabilities,
  fromWireRtpParameters,
  toWireTransport,
} from './rtp.ts'
import { openTransports, type TransportPair, transportStats, type TransportStats } from './transport-pair.ts'
import type { WantedLayer, WantedLayers } from './wanted-layers.ts'

/** What a session tells its owner about consumers that come and go after it was described. */
export interface PeerMediaListener {
  consumerOpened(options: ConsumerOptions): void
  consumerClosed(id: ConsumerId): void
  /** The largest layer of what is sent from `source` that is of use to anyone; null when nobody shows it. */
  layerWanted(source: TrackSource, layer: WantedLayer): void
}

export type SourceAppData = { participantId: ParticipantId; source: TrackSource }
export type SourceProducer = types.Producer<SourceAppData>

export interface PeerMediaOptions {
  readonly participantId: ParticipantId
  readonly rtpCapabilities: RtpCapabilities
  readonly listener: PeerMediaListener
  readonly worker: MediaWorker
  readonly router: types.Router
  readonly log: Logger
  readonly wanted: WantedLayers
  /** Shares a new producer with the others; never rejects. */
  readonly onProduced: (producer: SourceProducer) => Promise<void>
}

/**
 * Chromium makes one key frame in 300 ms at most and ignores who asks for another one sooner; mediasoup asks again only
 * after a second. So requests for the same layer are spaced.
 */
const KEY_FRAME_DELAY_MS = 350

type PeerMediaEvents = {
  /** With the sources of which something came in until now. */
  closed: [sources: readonly TrackSource[]]
}

/** One participant's end of the SFU: a pair of transports, what comes in through one and goes out through the other. */
export class PeerMedia extends Emitter<PeerMediaEvents> {
  readonly id = randomUUID() as string as MediaSessionId
  readonly #options: PeerMediaOptions
  readonly #transports: TransportPair
  readonly #producers = new Map<TrackSource, SourceProducer>()
  readonly #consumers = new Map<ConsumerId, PeerConsumer>()
  /** What was sent, also when its producer died with the worker. */
  readonly #sources = new Set<TrackSource>()
  #described = false
  #closed = false

  private constructor(options: PeerMediaOptions, transports: TransportPair) {
    super()
    this.#options = options
    this.#transports = transports
  }

  static async open(options: PeerMediaOptions): Promise<PeerMedia> {
    const { worker, router } = options
    return new PeerMedia(
      options,
      await worker.call('Opening transports', openTransports(router, worker.webRtcServer)),
    )
  }

  get participantId(): ParticipantId {
    return this.#options.participantId
  }

  get producers(): readonly SourceProducer[] {
    return [...this.#producers.values()]
  }

  /** The session as its client needs it. Consumers that open from now on are told to the listener. */
  describe(): MediaSession {
    this.#described = true
    return {
      id: this.id,
      sendTransport: toWireTransport(this.#transports.send),
      receiveTransport: toWireTransport(this.#transports.receive),
      consumers: [...this.#consumers.values()].map((consumer) => consumer.describe()),
    }
  }

  async connectTransport(id: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.#transport(id)
    await this.#options.worker.call(
      'Connecting a transport',
      transport.connect({ dtlsParameters: fromWireDtlsParameters(dtlsParameters) }),
    )
  }

  async restartIce(id: TransportId): Promise<IceParameters> {
    return this.#options.worker.call('Restarting ICE', this.#transport(id).restartIce())
  }

  /** Takes what the client sends from `source`, in place of what it sent before, and shares it with the others. */
  async produce(input: {
    source: TrackSource
    rtpParameters: RtpParameters
    muted: boolean
  }): Promise<ProducerId> {
    const { source, rtpParameters, muted } = input
    const kind = kindOfSource(source)
    if (!rtpParameters.codecs.every((codec) => codec.mimeType.toLowerCase().startsWith(`${kind}/`))) {
      throw new AppError('unsupported_media', `A ${source} track must be ${kind}.`)
    }
    this.unpublish(source)
    const appData: SourceAppData = { participantId: this.participantId, source }
    const producer = await this.#options.worker.call(
      'Producing',
      this.#transports.send.produce({
        kind,
        rtpParameters: fromWireRtpParameters(rtpParameters),
        paused: muted,
        keyFrameRequestDelay: KEY_FRAME_DELAY_MS,
        appData,
      }),
    )
    if (this.#closed) {
      producer.close()
      throw new AppError('media_unavailable', 'Your media session is gone. Open a new one.')
    }
    this.#producers.set(source, producer)
    this.#sources.add(source)
    producer.observer.once('close', () => {
      if (this.#producers.get(source) === producer) this.#producers.delete(source)
      this.#options.wanted.forget(producer.id)
    })
    await this.#options.onProduced(producer)
    return producer.id as ProducerId
  }

  /** While muted, nothing from `source` is forwarded, whatever the client sends. */
  async setMuted(source: TrackSource, muted: boolean): Promise<void> {
    const producer = this.#producers.get(source)
    if (!producer) return
    await this.#options.worker.call('Muting', muted ? producer.pause() : producer.resume())
  }

  unpublish(source: TrackSource): void {
    this.#producers.get(source)?.close()
    this.#producers.delete(source)
    this.#sources.delete(source)
  }

  /** Opens a paused consumer of another participant's producer, unless this client cannot receive it. */
  async consume(producer: types.Producer, owner: ParticipantId): Promise<void> {
    const { router, worker, log } = this.#options
    const rtpCapabilities = fromWireRtpCapabilities(this.#options.rtpCapabilities)
    if (!router.canConsume({ producerId: producer.id, rtpCapabilities })) {
      log.warn(
        { participantId: this.participantId, producerId: producer.id },
        'client cannot receive this track',
      )
      return
    }
    if (this.#hasConsumerOf(producer.id)) return
    const consumer = await PeerConsumer.open({
      worker,
      transport: this.#transports.receive,
      producer: producer as SourceProducer,
      owner,
      rtpCapabilities,
    })
    if (this.#closed || consumer.closed || this.#hasConsumerOf(producer.id)) return consumer.close()
    this.#consumers.set(consumer.id, consumer)
    this.#tellWanted(consumer)
    consumer.on('closed', () => {
      this.#consumers.delete(consumer.id)
      this.#options.wanted.remove(consumer.producerId, consumer.id)
      if (this.#described && !this.#closed) this.#options.listener.consumerClosed(consumer.id)
    })
    if (this.#described) this.#options.listener.consumerOpened(consumer.describe())
  }

  /** Starts to send what the client is ready for; ids of consumers that are gone meanwhile are passed over. */
  async resumeConsumers(ids: readonly ConsumerId[]): Promise<void> {
    const consumers = ids.flatMap((id) => this.#consumers.get(id) ?? [])
    await Promise.all(consumers.map((consumer) => consumer.markReady()))
  }

  async setLayers(layers: ParsedInput<'sfu.setLayers'>['layers']): Promise<void> {
    await Promise.all(
      layers.flatMap(({ consumerId, spatialLayer, temporalLayer }) => {
        const consumer = this.#consumers.get(consumerId)
        if (!consumer) return []
        const done = consumer.setLayer(spatialLayer, temporalLayer)
        this.#tellWanted(consumer)
        return [done]
      }),
    )
  }

  /** Somebody's wish has changed for what this one sends. */
  layerWanted(producerId: string, layer: WantedLayer): void {
    const source = this.producers.find(({ id }) => id === producerId)?.appData.source
    if (source && kindOfSource(source) === 'video') this.#options.listener.layerWanted(source, layer)
  }

  async getStats(): Promise<{ sendTransport: TransportStats; receiveTransport: TransportStats }> {
    const { send, receive } = this.#transports
    const [sendTransport, receiveTransport] = await this.#options.worker.call(
      'Reading statistics',
      Promise.all([transportStats(send), transportStats(receive)]),
    )
    return { sendTransport, receiveTransport }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#transports.send.close()
    this.#transports.receive.close()
    this.emit('closed', [...this.#sources])
    this.removeListeners()
  }

  #tellWanted({ producerId, id, wanted }: PeerConsumer): void {
    this.#options.wanted.set(producerId, id, wanted)
  }

  #hasConsumerOf(producerId: string): boolean {
    return [...this.#consumers.values()].some((consumer) => consumer.producerId === producerId)
  }

  #transport(id: TransportId): types.WebRtcTransport {
    const { send, receive } = this.#transports
    const transport = [send, receive].find((candidate) => candidate.id === id)
    if (!transport) throw new AppError('not_found', 'There is no such transport. Open a new media session.')
    return transport
  }
}

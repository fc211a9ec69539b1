import type {
  ConsumerId,
  DtlsParameters,
  ProducerId,
  RtpCapabilities,
  RtpParameters,
  TrackKind,
  TransportId,
  TransportOptions,
} from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import { ROUTER_CODECS } from './codecs.ts'
import type { MediaWorker } from './media-worker.ts'
import {
  fromWireDtlsParameters,
  fromWireRtpCapabilities,
  fromWireRtpParameters,
  toWireRtpParameters,
  toWireTransport,
} from './rtp.ts'
import { openTransports, type TransportPair } from './transport-pair.ts'

/** More than a meeting sends of one camera: enough to tell whether it would go. */
const MAX_INCOMING_BITRATE = 3_000_000

export interface EchoedTrack {
  readonly id: ConsumerId
  readonly producerId: ProducerId
  readonly kind: TrackKind
  readonly rtpParameters: RtpParameters
}

type EchoEvents = { closed: [] }

/** A pair of transports on a router of its own: what comes in through one goes back out through the other. */
export class EchoSession extends Emitter<EchoEvents> {
  readonly #worker: MediaWorker
  readonly #router: types.Router
  readonly #transports: TransportPair
  readonly #rtpCapabilities: types.RtpCapabilities
  readonly #echoes = new Map<TrackKind, readonly [types.Producer, types.Consumer]>()
  #closed = false

  private constructor(
    worker: MediaWorker,
    router: types.Router,
    parts: { readonly transports: TransportPair; readonly rtpCapabilities: types.RtpCapabilities },
  ) {
    super()
    this.#worker = worker
    this.#router = router
    this.#transports = parts.transports
    this.#rtpCapabilities = parts.rtpCapabilities
    router.observer.once('close', () => this.close())
  }

  /** @throws AppError `media_unavailable` */
  static async open(worker: MediaWorker, rtpCapabilities: RtpCapabilities): Promise<EchoSession> {
    const router = await worker.createRouter(ROUTER_CODECS)
    try {
      const transports = await worker.call('Opening transports', openTransports(router, worker.webRtcServer))
      await worker.call('Limiting a transport', transports.send.setMaxIncomingBitrate(MAX_INCOMING_BITRATE))
      return new EchoSession(worker, router, {
        transports,
        rtpCapabilities: fromWireRtpCapabilities(rtpCapabilities),
      })
    } catch (error) {
      router.close()
      throw error
    }
  }

  describe(): { readonly sendTransport: TransportOptions; readonly receiveTransport: TransportOptions } {
    const { send, receive } = this.#transports
    return { sendTransport: toWireTransport(send), receiveTransport: toWireTransport(receive) }
  }

  async connectTransport(id: TransportId, dtlsParameters: DtlsParameters): Promise<void> {
    const { send, receive } = this.#transports
    const transport = [send, receive].find((candidate) => candidate.id === id)
    if (!transport) throw new AppError('not_found', 'There is no such transport.')
    await this.#worker.call(
      'Connecting a transport',
      transport.connect({ dtlsParameters: fromWireDtlsParameters(dtlsParameters) }),
    )
  }

  /** Takes a track, in place of one of its kind before. What comes back waits for `resume`. */
  async echo(kind: TrackKind, rtpParameters: RtpParameters): Promise<EchoedTrack> {
    const { send, receive } = this.#transports
    for (const part of this.#echoes.get(kind) ?? []) part.close()
    const producer = await this.#worker.call(
      'Producing',
      send.produce({ kind, rtpParameters: fromWireRtpParameters(rtpParameters) }),
    )
    const consumer = await this.#worker.call(
      'Consuming',
      receive.consume({
        producerId: producer.id,
        rtpCapabilities: this.#rtpCapabilities,
        paused: true,
      }),
    )
    this.#echoes.set(kind, [producer, consumer])
    return {
      id: consumer.id as ConsumerId,
      producerId: producer.id as ProducerId,
      kind,
      rtpParameters: toWireRtpParameters(consumer.rtpParameters),
    }
  }

  async resume(): Promise<void> {
    for (const [, consumer] of this.#echoes.values()) await this.#worker.call('Resuming', consumer.resume())
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#router.close()
    this.emit('closed')
    this.removeListeners()
  }
}

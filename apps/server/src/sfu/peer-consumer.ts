import type { ConsumerId, ConsumerOptions, ParticipantId, ProducerId } from '@video-meet/protocol'
import type { types } from 'mediasoup'
import { Emitter } from '../platform/emitter.ts'
import { SerialQueue } from '../platform/serial-queue.ts'
import type { MediaWorker } from './media-worker.ts'
import type { SourceProducer } from './peer-media.ts'
import { toWireRtpParameters } from './rtp.ts'
import type { WantedLayer } from './wanted-layers.ts'

type PeerConsumerEvents = { closed: [] }

interface PeerConsumerParts {
  readonly worker: MediaWorker
  readonly transport: types.WebRtcTransport
  readonly producer: SourceProducer
  readonly owner: ParticipantId
  readonly rtpCapabilities: types.RtpCapabilities
}

/**
 * One track on its way to one receiver. It flows while the receiver is ready for it and shows it somewhere: a first
 * picture sent too early is lost, and the next one waits for a key frame.
 */
export class PeerConsumer extends Emitter<PeerConsumerEvents> {
  readonly #consumer: types.Consumer
  readonly #parts: PeerConsumerParts
  readonly #queue = new SerialQueue()
  #ready = false
  /** The highest layer that is of use; null while the track is shown nowhere. */
  #wanted: WantedLayer

  private constructor(consumer: types.Consumer, parts: PeerConsumerParts) {
    super()
    this.#consumer = consumer
    this.#parts = parts
    this.#wanted = firstLayer(parts.producer)
    consumer.observer.once('close', () => {
      this.emit('closed')
      this.removeListeners()
    })
  }

  static async open(parts: PeerConsumerParts): Promise<PeerConsumer> {
    const { worker, transport, producer, rtpCapabilities } = parts
    const consumer = await worker.call(
      'Consuming',
      transport.consume({
        producerId: producer.id,
        rtpCapabilities,
        paused: true,
        enableRtx: true,
        preferredLayers: { spatialLayer: firstLayer(producer) },
      }),
    )
    return new PeerConsumer(consumer, parts)
  }

  get id(): ConsumerId {
    return this.#consumer.id as ConsumerId
  }

  get producerId(): string {
    return this.#consumer.producerId
  }

  get closed(): boolean {
    return this.#consumer.closed
  }

  /** What the receiver wants of it. */
  get wanted(): WantedLayer {
    return this.#wanted
  }

  describe(): ConsumerOptions {
    const { id, producerId, kind, rtpParameters } = this.#consumer
    return {
      id: id as ConsumerId,
      producerId: producerId as ProducerId,
      participantId: this.#parts.owner,
      source: this.#parts.producer.appData.source,
      kind,
      rtpParameters: toWireRtpParameters(rtpParameters),
    }
  }

  /** Lets it flow; what flows already begins anew with a whole picture. */
  markReady(): Promise<void> {
    const wasReady = this.#ready
    this.#ready = true
    return wasReady ? this.#queue.add(() => this.#refresh()) : this.#queue.add(() => this.#switch())
  }

  /**
   * @param spatialLayer the highest layer that is of use, `null` when the track is not shown at all
   * @param temporalLayer the highest that is of use, if not all
   */
  setLayer(spatialLayer: WantedLayer, temporalLayer?: number): Promise<void> {
    this.#wanted = spatialLayer
    return this.#queue.add(async () => {
      if (this.closed) return
      if (spatialLayer !== null && this.#consumer.type !== 'simple') {
        const layers = { spatialLayer, ...(temporalLayer !== undefined && { temporalLayer }) }
        await this.#parts.worker.call('Choosing a layer', this.#consumer.setPreferredLayers(layers))
      }
      await this.#switch()
    })
  }

  close(): void {
    this.#consumer.close()
  }

  async #refresh(): Promise<void> {
    if (this.closed || this.#consumer.paused || this.#consumer.kind !== 'video') return
    await this.#parts.worker.call('Asking for a key frame', this.#consumer.requestKeyFrame())
  }

  async #switch(): Promise<void> {
    const flows = this.#ready && this.#wanted !== null
    if (this.closed || flows === !this.#consumer.paused) return
    await this.#parts.worker.call(
      flows ? 'Resuming a consumer' : 'Pausing a consumer',
      flows ? this.#consumer.resume() : this.#consumer.pause(),
    )
  }
}

/**
 * Of a camera the smallest picture is there first; the client asks for what its tile needs as soon as it has one. The
 * lowest layer of a screen is only for those who cannot receive more.
 */
function firstLayer({ appData }: SourceProducer): number {
  return appData.source === 'screen' ? 1 : 0
}

import type { ConsumerId, ConsumerOptions, ParticipantId, TrackSource } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import { delay } from '../../core/abort.ts'
import type { Logger } from '../../core/logger.ts'
import { isDisconnected } from '../../errors.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import type { TrackDemand } from '../../track.ts'
import { type Layer, layerForDemand } from './codec-preferences.ts'
import { LayerRequests, MAX_CONSUMERS_PER_REQUEST } from './layer-requests.ts'
import type { SfuSession } from './sfu-session.ts'

export interface SfuReceiverOptions {
  readonly request: SendRequest
  readonly log: Logger
  readonly onReceived: (owner: ConsumerOptions, mediaTrack: MediaStreamTrack) => void
  readonly onLost: (owner: Pick<ConsumerOptions, 'participantId' | 'source'>) => void
}

/**
 * Of a camera that is new here the smallest picture comes first, because it comes soonest; the size that is wanted is
 * asked for when it has. Senders pass over whoever asks for another whole picture sooner than this.
 */
const SMALLEST_FOR_MS = 350
/** Where nothing says that it comes. */
const SMALLEST_AT_MOST_MS = 3000

interface OpenConsumer {
  readonly options: ConsumerOptions
  consumer: types.Consumer | undefined
  /** The server knows that the client is ready to receive it. */
  resumed: boolean
  /** Whether the size that is wanted may be asked for. */
  begun: boolean
}

/** What others send, as it comes out of the SFU. */
export class SfuReceiver {
  readonly #options: SfuReceiverOptions
  readonly #layers: LayerRequests
  readonly #open = new Map<ConsumerId, OpenConsumer>()
  /** The newest consumer of each track; an older one that is closed late must not take the track away. */
  readonly #newest = new Map<string, ConsumerId>()
  readonly #demanded = new Map<string, Layer>()
  readonly #closing = new AbortController()
  #session: SfuSession | undefined
  #toResume: ConsumerId[] = []
  /** The server could not be asked for whole pictures. */
  #owesPictures = false

  constructor(options: SfuReceiverOptions) {
    this.#options = options
    this.#layers = new LayerRequests(options.request, options.log)
  }

  /** Receives over `session` from now on; `list` is every consumer that the server has for it. */
  attach(session: SfuSession, list: readonly ConsumerOptions[]): void {
    const sameSession = session === this.#session
    this.#session = session
    const previous = [...this.#open.values()]
    const listed = new Set(list.map(({ id }) => id))
    const gone = previous.filter(({ options }) => !sameSession || !listed.has(options.id))
    for (const entry of gone) this.#forget(entry)
    for (const options of list) this.open(options)
    for (const { options } of gone) {
      if (!this.#newest.has(keyOf(options))) this.#options.onLost(options)
    }
    for (const entry of this.#open.values()) if (entry.consumer && !entry.resumed) this.#resumeSoon(entry)
    this.#layers.retry()
    if (sameSession && this.#owesPictures) this.askForPictures()
    this.#owesPictures = false
  }

  /** A consumer was made on the server. Told twice, it counts once. */
  open(options: ConsumerOptions): void {
    const session = this.#session
    if (session === undefined || this.#open.has(options.id)) return
    // What has been seen here before, in another way or from another consumer, is to come as large again.
    const begun = options.source !== 'camera' || this.#demanded.has(keyOf(options))
    const entry: OpenConsumer = { options, consumer: undefined, resumed: false, begun }
    this.#open.set(options.id, entry)
    this.#newest.set(keyOf(options), options.id)
    this.#chooseLayer(entry)
    void this.#consume(session, entry)
  }

  /** A consumer is gone on the server. */
  closeConsumer(id: ConsumerId): void {
    const entry = this.#open.get(id)
    if (entry === undefined) return
    this.#forget(entry)
    if (!this.#newest.has(keyOf(entry.options))) this.#options.onLost(entry.options)
  }

  receiver(participantId: ParticipantId, source: TrackSource): RTCRtpReceiver | undefined {
    const id = this.#newest.get(keyOf({ participantId, source }))
    return id === undefined ? undefined : this.#open.get(id)?.consumer?.rtpReceiver
  }

  /** Resumed once more, what flows already begins with a whole picture. */
  askForPictures(): void {
    const flowing = [...this.#open.values()].filter(
      ({ consumer, resumed }) => consumer?.kind === 'video' && resumed,
    )
    for (const entry of flowing) this.#resumeSoon(entry)
  }

  setDemand(participantId: ParticipantId, source: TrackSource, demand: TrackDemand): void {
    const key = keyOf({ participantId, source })
    this.#demanded.set(key, layerForDemand(source, demand))
    const consumerId = this.#newest.get(key)
    const entry = consumerId && this.#open.get(consumerId)
    if (entry) this.#chooseLayer(entry)
  }

  close(): void {
    this.#closing.abort()
    this.#layers.close()
    for (const { consumer } of this.#open.values()) consumer?.close()
    this.#open.clear()
    this.#newest.clear()
    this.#session = undefined
  }

  async #consume(session: SfuSession, entry: OpenConsumer): Promise<void> {
    const { options } = entry
    try {
      const consumer = await session.consume(options)
      if (this.#open.get(options.id) !== entry) {
        consumer.close()
        return
      }
      entry.consumer = consumer
      this.#resumeSoon(entry)
      this.#options.onReceived(options, consumer.track)
      if (!entry.begun) void this.#beginLarger(entry, consumer.track)
    } catch (error) {
      if (this.#open.get(options.id) !== entry || session.closed) return
      this.#options.log.error('a track cannot be received', { source: options.source, error })
    }
  }

  async #beginLarger(entry: OpenConsumer, mediaTrack: MediaStreamTrack): Promise<void> {
    const flowing = new Promise((resolve) => {
      if (mediaTrack.muted) mediaTrack.addEventListener('unmute', resolve, { once: true })
      else resolve(undefined)
    })
    const { signal } = this.#closing
    try {
      await Promise.race([
        flowing.then(() => delay(SMALLEST_FOR_MS, signal)),
        delay(SMALLEST_AT_MOST_MS, signal),
      ])
    } catch {
      return
    }
    entry.begun = true
    if (this.#open.get(entry.options.id) === entry) this.#chooseLayer(entry)
  }

  #chooseLayer({ options, begun }: OpenConsumer): void {
    const layer = this.#demanded.get(keyOf(options))
    if (!layer) return
    const isTooEarly = !begun && layer.spatialLayer !== null
    this.#layers.set(options.id, isTooEarly ? { ...layer, spatialLayer: 0 } : layer)
  }

  #forget({ options, consumer }: OpenConsumer): void {
    consumer?.close()
    this.#open.delete(options.id)
    this.#layers.forget(options.id)
    if (this.#newest.get(keyOf(options)) === options.id) this.#newest.delete(keyOf(options))
  }

  /** What becomes ready in the same turn is resumed by one request. */
  #resumeSoon(entry: OpenConsumer): void {
    if (this.#toResume.push(entry.options.id) === 1) queueMicrotask(() => this.#resume())
  }

  #resume(): void {
    const ids = this.#toResume.filter((id) => this.#open.has(id))
    this.#toResume = []
    for (let from = 0; from < ids.length; from += MAX_CONSUMERS_PER_REQUEST) {
      void this.#requestResume(ids.slice(from, from + MAX_CONSUMERS_PER_REQUEST))
    }
  }

  async #requestResume(consumerIds: ConsumerId[]): Promise<void> {
    try {
      await this.#options.request('sfu.resumeConsumers', { consumerIds }, { oneConnection: true })
      for (const id of consumerIds) {
        const entry = this.#open.get(id)
        if (entry) entry.resumed = true
      }
    } catch (error) {
      this.#owesPictures = true
      if (isDisconnected(error)) return
      this.#options.log.warn('consumers were not resumed', { count: consumerIds.length, error })
    }
  }
}

function keyOf({ participantId, source }: Pick<ConsumerOptions, 'participantId' | 'source'>): string {
  return `${participantId}/${source}`
}

import type { TrackSource, VideoCodec } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import type { Logger } from '../../core/logger.ts'
import { SerialQueue } from '../../core/serial-queue.ts'
import { isDisconnected, SignalingError } from '../../errors.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import type { SendingLimits } from '../sending-limits.ts'
import type { LocalMedia } from '../topology.ts'
import type { SfuSession } from './sfu-session.ts'

export interface PublicationOptions {
  readonly source: TrackSource
  readonly request: SendRequest
  readonly log: Logger
  /** Publishing has failed for good; nothing is desired any more. */
  readonly onFailed: (error: unknown) => void
}

const RETRY_AFTER_MS = 2000
/** Below the smallest one: nothing is encoded. */
const NO_LAYER = -1
/** Above the largest one that there is. */
const EVERY_LAYER = 3
const MAX_FAILURES = 5

/**
 * Keeps one local source as it is desired: on the transport (the producer) and on the server (published, muted).
 * Every change only says what is wanted; one reconciling run after the other brings it about, so changes that
 * overtake each other, new sessions and failures in between all end in the newest wish.
 */
export class Publication {
  readonly #options: PublicationOptions
  readonly #queue = new SerialQueue()
  #desired: LocalMedia | null = null
  #session: SfuSession | undefined
  #producer: types.Producer | undefined
  /** Whether it goes to the server; the track is listed in any case. */
  #sending: boolean
  /** Whether the server lists the track, and if so whether as muted. */
  #listed: { readonly muted: boolean } | null = null
  /** As the server told; the producer that it told it of may be another one by now. */
  #wantedLayer: number | null | undefined
  #limits: SendingLimits | undefined
  #codec: VideoCodec = 'vp8'
  /** What the producer was made for. */
  #producedWith: VideoCodec = 'vp8'
  #failures = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: PublicationOptions, sending: boolean) {
    this.#options = options
    this.#sending = sending
  }

  /** What sends it, if it goes to the server. */
  get sender(): RTCRtpSender | undefined {
    return this.#producer?.rtpSender
  }

  /** Says what to send; `null` for nothing at all. */
  setDesired(desired: LocalMedia | null): void {
    this.#desired = desired
    this.#failures = 0
    this.#reconcileSoon()
  }

  /** Says which is the largest layer that is of use to anyone; `null` when nobody shows the picture. */
  setWantedLayer(layer: number | null): void {
    this.#wantedLayer = layer
    this.#reconcileSoon()
  }

  /** Says how much goes out at most, whoever wants more. */
  setLimits(limits: SendingLimits): void {
    this.#limits = limits
    this.#reconcileSoon()
  }

  /** Says what a picture is to be encoded with. */
  setCodec(codec: VideoCodec): void {
    this.#codec = codec
    this.#reconcileSoon()
  }

  /** Says whether the server gets what is sent, or only knows that it goes to the others in another way. */
  setSending(sending: boolean): void {
    this.#sending = sending
    this.#reconcileSoon()
  }

  /** Uses `session` from now on; `listed` is the track as the server has it at this moment. */
  attach(session: SfuSession, listed: { readonly muted: boolean } | null): void {
    const sameSession = session === this.#session
    // A producer that the server does not have any more is made anew.
    if (!sameSession || listed === null) this.#dropProducer()
    this.#session = session
    this.#listed = listed
    this.#failures = 0
    this.#reconcileSoon()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retryTimer)
    this.#queue.close()
    this.#dropProducer()
  }

  #reconcileSoon(): void {
    clearTimeout(this.#retryTimer)
    let session: SfuSession | undefined
    this.#queue
      .run(() => {
        session = this.#session
        return this.#reconcile(session)
      })
      .catch((error: unknown) => {
        // What failed over another session says nothing about this one, which has a run of its own.
        if (!this.#closed && session === this.#session) this.#failed(error)
      })
  }

  async #reconcile(session: SfuSession | undefined): Promise<void> {
    if (session === undefined || session.closed || this.#closed) return
    const desired = this.#desired
    if (desired === null) await this.#unlist()
    else if (this.#sending) await this.#send(session, desired)
    else {
      await this.#stopSending()
      await this.#list(desired.muted)
    }
    this.#failures = 0
  }

  async #send(session: SfuSession, { mediaTrack, muted }: LocalMedia): Promise<void> {
    const live = mediaTrack?.readyState === 'live' ? mediaTrack : null
    if (this.#producer === undefined && live === null) {
      await this.#unlist()
      return
    }
    const isOther = this.#producer === undefined || this.#producedWith !== this.#codec
    if (isOther && live) await this.#produce(session, { mediaTrack: live, muted })
    await this.#adjust(live, muted)
  }

  /** Makes what is sent, and what the server thinks of it, as desired. */
  async #adjust(mediaTrack: MediaStreamTrack | null, muted: boolean): Promise<void> {
    const producer = this.#producer
    if (producer === undefined || producer.closed) return
    if (producer.track !== mediaTrack) await producer.replaceTrack({ track: mediaTrack })
    if (muted) producer.pause()
    else producer.resume()
    await this.#limit(producer)
    if (this.#listed?.muted === muted || producer !== this.#producer) return
    await this.#request('track.setMuted', { source: this.#options.source, muted })
    if (producer === this.#producer) this.#listed = { muted }
  }

  async #limit(producer: types.Producer): Promise<void> {
    const { source } = this.#options
    if (producer.rtpSender) await this.#limits?.tune(producer.rtpSender, source)
    if (producer.kind !== 'video') return
    const wanted = this.#wantedLayer === null ? NO_LAYER : (this.#wantedLayer ?? EVERY_LAYER)
    const layer = Math.min(wanted, this.#limits?.topLayer(source) ?? EVERY_LAYER)
    await this.#limitOther(producer, layer)
    // Nothing is to be taken back from a producer that was never limited.
    if (layer < EVERY_LAYER || producer.maxSpatialLayer !== undefined)
      await producer.setMaxSpatialLayer(layer)
  }

  /** Of a codec whose layers are not encodings of their own. */
  async #limitOther({ rtpSender }: types.Producer, layer: number): Promise<void> {
    if (this.#producedWith === 'vp8' || this.#options.source !== 'camera' || !rtpSender) return
    const { limitLayers } = await import('./other-codecs.ts')
    await limitLayers(rtpSender, layer)
  }

  async #list(muted: boolean): Promise<void> {
    const session = this.#session
    if (this.#listed?.muted === muted) return
    const name = this.#listed ? 'track.setMuted' : 'track.publish'
    await this.#request(name, { source: this.#options.source, muted })
    if (session === this.#session) this.#listed = { muted }
  }

  async #stopSending(): Promise<void> {
    if (this.#producer === undefined) return
    this.#dropProducer()
    await this.#request('sfu.closeProducer', { source: this.#options.source })
  }

  async #produce(
    session: SfuSession,
    media: { mediaTrack: MediaStreamTrack; muted: boolean },
  ): Promise<void> {
    const [codec, before] = [this.#codec, this.#producer]
    const producer = await session.produce({ source: this.#options.source, ...media, codec })
    if (session !== this.#session || this.#closed) {
      producer.close()
      return
    }
    before?.close()
    this.#producer = producer
    this.#producedWith = codec
    this.#wantedLayer = undefined
    this.#listed = { muted: media.muted }
  }

  async #unlist(): Promise<void> {
    const session = this.#session
    this.#dropProducer()
    if (this.#listed === null) return
    await this.#request('track.unpublish', { source: this.#options.source })
    if (session === this.#session) this.#listed = null
  }

  /** After a reconnect everything is compared anew, so nothing is sent again by itself. */
  get #request(): SendRequest {
    return (name, input) => this.#options.request(name, input, { oneConnection: true })
  }

  #dropProducer(): void {
    this.#producer?.close()
    this.#producer = undefined
    this.#wantedLayer = undefined
  }

  #failed(error: unknown): void {
    const { source, log } = this.#options
    if (isDisconnected(error)) return
    const isForbidden = error instanceof SignalingError && error.code === 'forbidden'
    // Muted for good by others: listed it is, and it is sent when that is allowed again.
    if (this.#desired?.muted && isForbidden) return
    this.#failures += 1
    if (isTransient(error) && this.#failures < MAX_FAILURES) {
      log.debug('publishing is tried again', { source, error })
      this.#retryTimer = setTimeout(() => this.#reconcileSoon(), RETRY_AFTER_MS)
      return
    }
    // Somebody may take the permission away while it is used: no fault of anything here.
    if (isForbidden) log.info('publishing was refused', { source, error })
    else log.error('publishing failed', { source, error })
    if (this.#producer !== undefined || this.#desired === null) return
    this.#desired = null
    this.#options.onFailed(error)
  }
}

const TRANSIENT: ReadonlySet<string> = new Set<SignalingError['code']>([
  'timeout',
  'rate_limited',
  'unavailable',
  'media_unavailable',
  'not_joined',
])

function isTransient(error: unknown): boolean {
  return error instanceof SignalingError && TRANSIENT.has(error.code)
}

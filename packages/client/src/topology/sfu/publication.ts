import type { TrackSource } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import type { Logger } from '../../core/logger.ts'
import { SerialQueue } from '../../core/serial-queue.ts'
import { isDisconnected, SignalingError } from '../../errors.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
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
  /** Whether the server lists the track, and if so whether as muted. */
  #listed: { readonly muted: boolean } | null = null
  #failures = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: PublicationOptions) {
    this.#options = options
  }

  /** Says what to send; `null` for nothing at all. */
  setDesired(desired: LocalMedia | null): void {
    this.#desired = desired
    this.#failures = 0
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
    const mediaTrack = desired?.mediaTrack?.readyState === 'live' ? desired.mediaTrack : null
    if (desired === null || (this.#producer === undefined && mediaTrack === null)) {
      await this.#unlist()
    } else {
      const { muted } = desired
      if (this.#producer === undefined && mediaTrack) await this.#produce(session, { mediaTrack, muted })
      await this.#adjust(mediaTrack, muted)
    }
    this.#failures = 0
  }

  /** Makes what is sent, and what the server thinks of it, as desired. */
  async #adjust(mediaTrack: MediaStreamTrack | null, muted: boolean): Promise<void> {
    const producer = this.#producer
    if (producer === undefined || producer.closed) return
    if (producer.track !== mediaTrack) await producer.replaceTrack({ track: mediaTrack })
    if (muted) producer.pause()
    else producer.resume()
    if (this.#listed?.muted === muted || producer !== this.#producer) return
    await this.#request('track.setMuted', { source: this.#options.source, muted })
    if (producer === this.#producer) this.#listed = { muted }
  }

  async #produce(
    session: SfuSession,
    media: { mediaTrack: MediaStreamTrack; muted: boolean },
  ): Promise<void> {
    const producer = await session.produce({ source: this.#options.source, ...media })
    if (session !== this.#session || this.#closed) {
      producer.close()
      return
    }
    this.#producer = producer
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
  }

  #failed(error: unknown): void {
    const { source, log } = this.#options
    if (isDisconnected(error)) return
    this.#failures += 1
    if (isTransient(error) && this.#failures < MAX_FAILURES) {
      log.debug('publishing is tried again', { source, error })
      this.#retryTimer = setTimeout(() => this.#reconcileSoon(), RETRY_AFTER_MS)
      return
    }
    log.error('publishing failed', { source, error })
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

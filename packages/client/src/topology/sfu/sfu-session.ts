import {
  type ConsumerOptions,
  type MediaSession,
  type MediaSessionId,
  TrackSource,
  type TransportOptions,
  type VideoCodec,
} from '@video-meet/protocol'
import type { Device, types } from 'mediasoup-client'
import { createId } from '../../core/browser.ts'
import type { Logger } from '../../core/logger.ts'
import { isDisconnected } from '../../errors.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import type { CurrentIceServers } from '../ice-servers.ts'
import { chooseEncoding } from './codec-preferences.ts'
import { IceWatch } from './ice-watch.ts'
import {
  consumerOptionsFromWire,
  dtlsParametersToWire,
  iceParametersFromWire,
  rtpParametersToWire,
  transportOptionsFromWire,
} from './rtp.ts'

export interface SfuSessionOptions {
  readonly device: Device
  readonly media: MediaSession
  /** UDP has brought nothing, though it seemed to. */
  readonly tcpOnly: boolean
  readonly request: SendRequest
  readonly iceServers: CurrentIceServers
  readonly log: Logger
  /** The transports are beyond repair. Called once at most. */
  readonly onBroken: (session: SfuSession) => void
  /** What is received comes in again after the path was lost. */
  readonly onBack: (session: SfuSession) => void
}

/** What is announced to the server with a producer. */
export interface ProduceOptions {
  readonly source: TrackSource
  readonly mediaTrack: MediaStreamTrack
  readonly muted: boolean
  /** Of a picture. */
  readonly codec: VideoCodec
}

const SUSPECT_AFTER_MS = 4000

/** The client's end of one media session: a transport to send with and one to receive with. */
export class SfuSession {
  readonly id: MediaSessionId
  readonly #options: SfuSessionOptions
  readonly #send: types.Transport
  readonly #receive: types.Transport
  readonly #watches: IceWatch[]
  readonly #announced = new Map<TrackSource, Promise<unknown>>()
  #broken = false
  #closed = false

  constructor(options: SfuSessionOptions) {
    const { device, media } = options
    const iceServers = options.iceServers.current()
    this.id = media.id
    this.#options = options
    this.#receive = device.createRecvTransport({
      ...transportOptionsFromWire(reachable(media.receiveTransport, options)),
      iceServers,
    })
    this.#send = device.createSendTransport({
      ...transportOptionsFromWire(reachable(media.sendTransport, options)),
      iceServers,
    })
    this.#watches = [this.#wire(this.#receive), this.#wire(this.#send)]
    this.#send.on('produce', ({ rtpParameters, appData }, done, fail) => {
      const source = TrackSource.safeParse(appData['source'])
      if (!source.success) {
        fail(new TypeError('a producer without a source'))
        return
      }
      const announced = this.#request('sfu.produce', {
        source: source.data,
        muted: appData['muted'] === true,
        rtpParameters: rtpParametersToWire(rtpParameters),
      })
      announced.catch(() => {})
      this.#announced.set(source.data, announced)
      // Answered before the server is: tracks that are published together would else wait for each other's round trip.
      // The id stays on this side, as a track's name on the wire is its source.
      done({ id: createId() })
    })
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Beyond repair: the server must not be asked to keep it. */
  get broken(): boolean {
    return this.#broken
  }

  /** Sends a track; resolves when the server knows it. The producer stops no track and leaves `enabled` alone. */
  async produce({ source, mediaTrack, muted, codec }: ProduceOptions): Promise<types.Producer> {
    const settings = mediaTrack.getSettings()
    const codecs = this.#options.device.sendRtpCapabilities.codecs ?? []
    const other =
      codec === 'vp8' || mediaTrack.kind === 'audio'
        ? null
        : (await import('./other-codecs.ts')).chooseOtherEncoding(source, settings, { codec, codecs })
    const producer = await this.#send.produce({
      ...(other ?? chooseEncoding(source, settings, codecs)),
      track: mediaTrack,
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, muted },
    })
    if (muted) producer.pause()
    try {
      await this.#announced.get(source)
      return producer
    } catch (error) {
      producer.close()
      throw error
    }
  }

  /** Prepares to receive. Those asked for in one go cost one negotiation. May never settle when the session is closed. */
  consume(options: ConsumerOptions): Promise<types.Consumer> {
    // What shares a stream id is played in step: voice with face, the screen's sound with the screen.
    const group = options.source.startsWith('screen') ? 'screen' : 'person'
    return this.#receive.consume({
      ...consumerOptionsFromWire(options),
      streamId: `${options.participantId}-${group}`,
    })
  }

  /** Looks for other paths, whatever the ones that there are call themselves. */
  restartIce(): void {
    for (const watch of this.#watches) watch.restartNow()
  }

  /** Gives up the transports. */
  breakOff(reason: string): void {
    this.#breakOff(reason)
  }

  /** The connection to the server is back: repairs what broke meanwhile. */
  retryIce(): void {
    for (const watch of this.#watches) watch.retry()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const watch of this.#watches) watch.close()
    this.#send.close()
    this.#receive.close()
  }

  /** These make sense for this session only, so none is sent again over the next connection. */
  get #request(): SendRequest {
    return (name, input) => this.#options.request(name, input, { oneConnection: true })
  }

  #wire(transport: types.Transport): IceWatch {
    const watch = new IceWatch({
      restart: () => this.#restartIce(transport),
      giveUp: () => this.#breakOff('no path after ICE restarts'),
    })
    transport.on('connectionstatechange', (state) => {
      this.#options.log.debug('transport', { direction: transport.direction, state })
      if (state === 'connected' && watch.isLost && transport === this.#receive) this.#options.onBack(this)
      watch.stateChanged(state)
    })
    transport.on('connect', ({ dtlsParameters }, done) => {
      this.#request('sfu.connectTransport', {
        transportId: transport.id,
        dtlsParameters: dtlsParametersToWire(dtlsParameters),
      }).catch((error: unknown) => this.#connectFailed(error))
      // Not waited for: the server takes requests in order, and DTLS repeats what comes too early.
      done()
    })
    return watch
  }

  /** @returns whether the server was there to be asked */
  async #restartIce(transport: types.Transport): Promise<boolean> {
    const { log } = this.#options
    try {
      log.info('restarting ICE', { direction: transport.direction })
      const { iceParameters } = await this.#options.request(
        'sfu.restartIce',
        { transportId: transport.id },
        // What breaks the media's path often breaks the socket's as well, which notices much later.
        { oneConnection: true, suspectAfterMs: SUSPECT_AFTER_MS },
      )
      if (transport.closed) return true
      await this.#useNewestServers(transport)
      await transport.restartIce({ iceParameters: iceParametersFromWire(iceParameters) })
      return true
    } catch (error) {
      if (isDisconnected(error)) return false
      if (!this.#closed) log.warn('ICE restart failed', { direction: transport.direction, error })
      return true
    }
  }

  /** Those that a transport was made with may have run out. */
  async #useNewestServers(transport: types.Transport): Promise<void> {
    const { iceServers, log } = this.#options
    try {
      await transport.updateIceServers({ iceServers: iceServers.current() })
    } catch (error) {
      // mediasoup-client cannot in Firefox; without new ones, a path may be found all the same.
      log.debug('ICE restarts with the servers that there are', { direction: transport.direction, error })
    }
  }

  #connectFailed(error: unknown): void {
    this.#breakOff(error instanceof Error ? error.message : String(error))
  }

  #breakOff(reason: string): void {
    if (this.#closed || this.#broken) return
    this.#broken = true
    this.#options.log.warn('media session is broken', { reason })
    this.#options.onBroken(this)
  }
}

function reachable(
  transport: TransportOptions,
  { tcpOnly }: Pick<SfuSessionOptions, 'tcpOnly'>,
): TransportOptions {
  const iceCandidates = transport.iceCandidates.filter(({ protocol }) => protocol === 'tcp')
  // A server without TCP has to be reached as it can be.
  return tcpOnly && iceCandidates.length > 0 ? { ...transport, iceCandidates } : transport
}

import type { LinkSignal, ParticipantId, TrackSource, VideoCodec } from '@video-meet/protocol'
import { kindOfSource } from '@video-meet/protocol'
import { createId } from '../../core/browser.ts'
import type { Logger } from '../../core/logger.ts'
import { SerialQueue } from '../../core/serial-queue.ts'
import type { CurrentIceServers } from '../ice-servers.ts'
import type { SendingLimits } from '../sending-limits.ts'
import { isMusic } from '../sfu/codec-preferences.ts'
import type { LocalMedia } from '../topology.ts'
import { LinkCandidates } from './link-candidates.ts'
import { preferredCodecs } from './link-codecs.ts'
import { LinkMedia } from './link-media.ts'
import { withSoundOptions, withStereo } from './link-sdp.ts'

/** The media of a link in the order of its description, the same for all: so nothing is ever negotiated anew. */
const SOURCES: readonly TrackSource[] = ['microphone', 'camera', 'screen', 'screen-audio']
const CONNECTED_WITHIN_MS = 6000
const OFFERED_WITHIN_MS = 500
/** Sizes that are asked for within this time go in one message. */
const ASKED_WITHIN_MS = 100
const REPAIR_AFTER_MS = 1000
const REPAIRED_WITHIN_MS = 4000

type LinkDescription = Extract<LinkSignal, { type: 'description' }>['description']

type Height = Extract<LinkSignal, { type: 'demand' }>['heights'][number]

/** The two ends of a link, as a signal names them. */
export interface LinkEnds {
  readonly from: string
  readonly to: string | null
}

export interface PeerLinkOptions {
  readonly participantId: ParticipantId
  /** One of the two makes the offers, the other one asks for them: so they never make one at the same time. */
  readonly isCaller: boolean
  readonly iceServers: Pick<CurrentIceServers, 'current'>
  readonly send: (ends: LinkEnds, signal: LinkSignal) => void
  readonly log: Logger
  readonly onConnected: () => void
  /** No path was found, or it was lost and not found again. Called once; the link has closed its connection. */
  readonly onFailed: () => void
}

/** One `RTCPeerConnection` to another participant. */
export class PeerLink {
  readonly #options: PeerLinkOptions
  readonly #end = createId()
  readonly #pc: RTCPeerConnection
  readonly #queue = new SerialQueue()
  readonly #media: LinkMedia
  readonly #candidates = new LinkCandidates((candidates) => this.#send({ type: 'candidates', candidates }))
  /** What came before the description that it belongs to. */
  #early: RTCIceCandidateInit[] = []
  /** The newest description of either end, as it went over the line. */
  #said: LinkDescription | null = null
  #heard: LinkDescription | null = null
  #otherEnd: string | null = null
  #timers: ReturnType<typeof setTimeout>[] = []
  /** The path was lost and has not been found again. */
  #isLost = false
  /** Whether the own microphone was opened for music. */
  #music = false
  #wasConnected = false
  /** Sizes that the other end is yet to be asked for. */
  readonly #asked = new Map<TrackSource, Height>()
  #askTimer: ReturnType<typeof setTimeout> | undefined
  #failed = false
  #closed = false

  constructor(options: PeerLinkOptions) {
    this.#options = options
    this.#pc = new RTCPeerConnection(this.#configuration)
    this.#media = new LinkMedia({
      sender: (source) => (this.#pc.remoteDescription ? this.sender(source) : undefined),
      log: options.log,
    })
    this.#pc.addEventListener('icecandidate', ({ candidate }) => candidate && this.#candidates.add(candidate))
    this.#pc.addEventListener('connectionstatechange', () => this.#stateChanged())
    this.#timers = [setTimeout(() => this.#fail('no path'), CONNECTED_WITHIN_MS)]
    if (options.isCaller) {
      for (const source of SOURCES) this.#pc.addTransceiver(kindOfSource(source), { direction: 'sendrecv' })
      this.#preferCodecs()
      this.#offer()
    } else {
      this.#timers.push(setTimeout(() => this.#askForOffer(), OFFERED_WITHIN_MS))
    }
  }

  get connected(): boolean {
    return this.#pc.connectionState === 'connected'
  }

  get failed(): boolean {
    return this.#failed
  }

  /** Where this link leads to, once that has spoken. */
  get otherEnd(): string | null {
    return this.#otherEnd
  }

  /** Whether a signal comes from another end than the one that this link leads to, so that this one leads nowhere. */
  isOutdatedBy(ends: LinkEnds): boolean {
    return this.#isMeant(ends) && this.#otherEnd !== null && ends.from !== this.#otherEnd
  }

  /** What comes in of a source since the link came up, also while it is repaired; silent until the other end sends it. */
  receiver(source: TrackSource): RTCRtpReceiver | undefined {
    const receiver = this.#wasConnected ? this.#transceiver(source)?.receiver : undefined
    // The other end wrote the description: it may have put anything there.
    return receiver?.track.kind === kindOfSource(source) ? receiver : undefined
  }

  sender(source: TrackSource): RTCRtpSender | undefined {
    return this.#transceiver(source)?.sender
  }

  setMedia(source: TrackSource, media: LocalMedia | null): void {
    this.#media.set(source, media)
    if (source === 'microphone' && media?.mediaTrack) this.#setMusic(isMusic(media.mediaTrack.getSettings()))
    this.#inTurn(() => this.#media.apply(source))
  }

  /** Sends no more than this, whatever the other end asks for. */
  setLimits(limits: SendingLimits): void {
    this.#media.setLimits(limits)
    for (const source of SOURCES) this.#inTurn(() => this.#media.apply(source))
  }

  /** Encodes pictures with this, if the other end knows it. */
  setCodec(codec: VideoCodec): void {
    this.#media.setCodec(codec)
    for (const source of ['camera', 'screen'] as const) this.#inTurn(() => this.#media.apply(source))
  }

  /** Asks for pictures in the size in which they are shown; 0 for those that nobody sees. */
  ask(heights: readonly Height[]): void {
    if (!this.connected) return
    for (const height of heights) this.#asked.set(height.source, height)
    if (this.#asked.size > 0) this.#askTimer ??= setTimeout(() => this.#sendAsked(), ASKED_WITHIN_MS)
  }

  /** What the other end says; what it said to a link that was here before is passed over. */
  receive(ends: LinkEnds, signal: LinkSignal): void {
    if (!this.#isMeant(ends)) return
    this.#otherEnd = ends.from
    switch (signal.type) {
      case 'hello':
        // To nobody in particular it says that there is a new end; to this one, that the path is lost.
        if (this.#options.isCaller && !(this.connected && ends.to === null)) this.#offerAgain()
        return
      case 'description':
        return this.#inTurn(() => this.#describe(signal.description))
      case 'candidates':
        return this.#inTurn(async () => {
          for (const { usernameFragment = null, ...candidate } of signal.candidates)
            await this.#addCandidate({ ...candidate, usernameFragment })
        })
      case 'demand':
        for (const height of signal.heights) this.#media.setAsked(height)
        for (const { source } of signal.heights) this.#inTurn(() => this.#media.apply(source))
    }
  }

  /** The line to the server was lost, or that of the other end: what was said meanwhile may not have arrived. */
  repair(): void {
    if (!this.connected) this.#repair()
  }

  /** This device may be on another network: another path is looked for before the one that there is has failed. */
  networkChanged(): void {
    if (this.#pc.remoteDescription) this.#repair()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#clearTimers()
    clearTimeout(this.#askTimer)
    this.#candidates.close()
    this.#queue.close()
    this.#pc.close()
  }

  get #configuration(): RTCConfiguration {
    return {
      iceServers: this.#options.iceServers.current(),
      bundlePolicy: 'max-bundle',
      iceCandidatePoolSize: 0,
    }
  }

  #isMeant({ to }: LinkEnds): boolean {
    return to === null || to === this.#end
  }

  #transceiver(source: TrackSource): RTCRtpTransceiver | undefined {
    return this.#pc.getTransceivers()[SOURCES.indexOf(source)]
  }

  #offer(options?: RTCOfferOptions): void {
    this.#inTurn(async () => {
      // Two offers on their way could not be told apart by their answers.
      if (this.#pc.signalingState === 'have-local-offer') return this.#sayAgain()
      this.#useNewestServers()
      const offer = await this.#pc.createOffer(options)
      this.#candidates.forget()
      await this.#describeSelf(offer)
      this.#say()
    })
  }

  /** The other end has begun, or lost the path. */
  #offerAgain(): void {
    // If it has begun before the first offer went out, that one is for it.
    if (this.#said) this.#offer({ iceRestart: true })
  }

  #repair(): void {
    if (this.#options.isCaller) this.#offer({ iceRestart: true })
    else this.#send({ type: 'hello' })
  }

  /** The other end may have made one before it could be received here. */
  #askForOffer(): void {
    if (!this.#pc.remoteDescription) this.#send({ type: 'hello' })
  }

  async #describe({ type, sdp }: LinkDescription): Promise<void> {
    const isExpected = type === (this.#options.isCaller ? 'answer' : 'offer')
    // Said again: the answer may not have got through, and an answer may belong to an offer before the newest.
    if (sdp === this.#heard?.sdp) return type === 'offer' ? this.#sayAgain() : undefined
    if (!isExpected || (type === 'answer' && this.#pc.signalingState !== 'have-local-offer')) return
    this.#useNewestServers()
    this.#heard = { type, sdp }
    await this.#describeOther(this.#heard)
    const early = this.#early
    this.#early = []
    for (const candidate of early) await this.#addCandidate(candidate)
    if (type === 'offer') {
      for (const transceiver of this.#pc.getTransceivers()) transceiver.direction = 'sendrecv'
      this.#preferCodecs()
      this.#candidates.forget()
      await this.#describeSelf(await this.#pc.createAnswer())
      this.#say()
    }
    for (const source of SOURCES) await this.#media.apply(source)
  }

  #describeSelf({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
    return this.#pc.setLocalDescription({ type, sdp: withStereo(sdp) })
  }

  #describeOther({ type, sdp }: LinkDescription): Promise<void> {
    return this.#pc.setRemoteDescription({ type, sdp: withSoundOptions(sdp, this.#music) })
  }

  #setMusic(music: boolean): void {
    if (music === this.#music) return
    this.#music = music
    this.#inTurn(() => this.#describeAnew())
  }

  /** What of descriptions is for this end alone changes without the other one: they are gone through once more. */
  async #describeAnew(): Promise<void> {
    const heard = this.#heard
    // One that is still to come says it.
    if (!heard || this.#pc.signalingState !== 'stable') return
    if (heard.type === 'offer') await this.#describeOther(heard)
    await this.#describeSelf(await this.#pc[heard.type === 'offer' ? 'createAnswer' : 'createOffer']())
    if (heard.type === 'answer') await this.#describeOther(heard)
  }

  /** The credentials that the link was made with may have run out when it needs another path. */
  #useNewestServers(): void {
    this.#pc.setConfiguration(this.#configuration)
  }

  async #addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.#pc.remoteDescription) {
      this.#early.push(candidate)
      return
    }
    try {
      await this.#pc.addIceCandidate(candidate)
    } catch (error) {
      // One of a description that was replaced meanwhile; another one may lead there.
      this.#options.log.debug('a candidate was of no use', { error })
    }
  }

  #preferCodecs(): void {
    for (const transceiver of this.#pc.getTransceivers()) {
      const kind = transceiver.receiver.track.kind === 'audio' ? 'audio' : 'video'
      transceiver.setCodecPreferences?.(preferredCodecs(kind))
    }
  }

  #sendAsked(): void {
    this.#askTimer = undefined
    const heights = [...this.#asked.values()]
    this.#asked.clear()
    this.#send({ type: 'demand', heights })
  }

  #say(): void {
    const { type, sdp } = this.#pc.localDescription ?? {}
    if (sdp === undefined || (type !== 'offer' && type !== 'answer')) return
    this.#said = { type, sdp }
    this.#send({ type: 'description', description: this.#said })
  }

  #sayAgain(): void {
    if (!this.#said) return
    this.#send({ type: 'description', description: this.#said })
    this.#candidates.repeat()
  }

  #send(signal: LinkSignal): void {
    if (!this.#closed) this.#options.send({ from: this.#end, to: this.#otherEnd }, signal)
  }

  #stateChanged(): void {
    if (this.#closed) return
    const state = this.#pc.connectionState
    this.#options.log.debug('link', { participantId: this.#options.participantId, state })
    if (state === 'connected') {
      this.#isLost = false
      this.#wasConnected = true
      this.#clearTimers()
      this.#options.onConnected()
    } else if (state === 'failed') {
      this.#fail('ICE failed')
    } else if (state === 'disconnected' && !this.#isLost) {
      this.#isLost = true
      this.#clearTimers()
      this.#timers = [
        setTimeout(() => this.#repair(), REPAIR_AFTER_MS),
        setTimeout(() => this.#fail('the path was lost'), REPAIRED_WITHIN_MS),
      ]
    }
  }

  #fail(reason: string): void {
    if (this.#failed || this.#closed) return
    this.#failed = true
    this.#clearTimers()
    this.#options.log.warn('a link has failed', { participantId: this.#options.participantId, reason })
    // Left open, it would go on looking for a path that nobody wants, and Firefox would report an ICE failure much later.
    this.close()
    this.#options.onFailed()
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
  }

  #inTurn(task: () => Promise<void>): void {
    this.#queue.run(task).catch((error: unknown) => {
      if (!this.#closed) this.#fail(error instanceof Error ? error.message : String(error))
    })
  }
}

import { FakeTrack } from './fake-track.ts'

type Kind = 'audio' | 'video'

interface AppliedDescription {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

/**
 * What fake connections reach each other over. Two are connected when each has the other's newest credentials and one
 * of them a candidate of the other, unless the network is down; a path that was lost once is found by a restart only.
 */
export class FakeNetwork {
  readonly connections: FakePeerConnection[] = []
  /** Whether paths are found at this moment. */
  reachable = true
  #lost = new Set<string>()

  /** To stand in for the global `RTCPeerConnection`. */
  readonly RTCPeerConnection: new (configuration?: RTCConfiguration) => FakePeerConnection
  /** To stand in for the global `RTCRtpReceiver`. */
  readonly RTCRtpReceiver = { getCapabilities: () => ({ codecs: [], headerExtensions: [] }) }

  constructor() {
    const enter = (connection: FakePeerConnection) => this.connections.push(connection)
    const look = () => this.look()
    this.RTCPeerConnection = class extends FakePeerConnection {
      constructor(configuration: RTCConfiguration = {}) {
        super(configuration, look)
        enter(this)
      }
    }
  }

  get open(): readonly FakePeerConnection[] {
    return this.connections.filter(({ signalingState }) => signalingState !== 'closed')
  }

  partnerOf(one: FakePeerConnection): FakePeerConnection | undefined {
    return this.open.find(
      (other) =>
        other !== one &&
        one.localFragment !== '' &&
        other.remoteFragment === one.localFragment &&
        one.remoteFragment === other.localFragment,
    )
  }

  /** All paths there are end; connections notice when the test says so, or at once. */
  cut(noticedBy: readonly FakePeerConnection[] = this.open): void {
    for (const { localFragment, connectionState } of this.open)
      if (connectionState === 'connected') this.#lost.add(localFragment)
    for (const connection of noticedBy) connection.become('disconnected')
  }

  look(): void {
    for (const one of this.open) {
      const partner = this.partnerOf(one)
      const isFound = one.hasCandidates || partner?.hasCandidates === true
      const isLost = this.#lost.has(one.localFragment) || this.#lost.has(partner?.localFragment ?? '')
      if (partner && isFound && !isLost && this.reachable && one.signalingState === 'stable')
        one.connectTo(partner)
    }
  }
}

/** A sender that sends as soon as it is connected and has a track. */
class FakeSender {
  track: MediaStreamTrack | null = null
  /** In what is sent now; tests read it. */
  encoding: RTCRtpEncodingParameters = { active: true }
  /** Those that both ends know. */
  codecs: RTCRtpCodecParameters[] = []
  audioLevel: number | undefined
  #transaction = 0

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    await Promise.resolve()
    this.track = track
  }

  getParameters(): RTCRtpSendParameters {
    this.#transaction += 1
    const transactionId = String(this.#transaction)
    const encodings = [{ ...this.encoding }]
    return { transactionId, encodings, codecs: this.codecs, headerExtensions: [], rtcp: {} }
  }

  async setParameters({ transactionId, encodings }: RTCRtpSendParameters): Promise<void> {
    if (transactionId !== String(this.#transaction)) throw new DOMException('changed', 'InvalidStateError')
    await Promise.resolve()
    this.encoding = { ...encodings[0] }
  }

  getStats(): Promise<Map<string, object>> {
    const source = { type: 'media-source', kind: this.track?.kind, audioLevel: this.audioLevel }
    return Promise.resolve(new Map<string, object>([['source', source]]))
  }
}

/** A receiver that has got five packets, or pictures, more each time it is looked at. */
class FakeReceiver {
  readonly track: FakeTrack
  /** What is heard; without it this browser tells only by statistics. */
  audioLevel: number | undefined
  statsLevel: number | undefined
  /** Whether no packet comes any more, though the last ones are remembered. */
  stands = false
  received = 0
  #rtpTimestamp = 0
  readonly #isSentTo: () => boolean

  constructor(kind: Kind, isSentTo: () => boolean) {
    this.track = new FakeTrack(kind)
    this.#isSentTo = isSentTo
  }

  getStats(): Promise<Map<string, object>> {
    if (this.#isSentTo()) this.received += 5
    const { received, statsLevel } = this
    const inbound = { type: 'inbound-rtp', packetsReceived: received, framesDecoded: received }
    return Promise.resolve(new Map([['inbound', { ...inbound, audioLevel: statsLevel }]]))
  }

  getSynchronizationSources(): readonly { readonly audioLevel?: number; readonly rtpTimestamp: number }[] {
    if (!this.stands) this.#rtpTimestamp += 960
    const { audioLevel } = this
    if (audioLevel === undefined && this.statsLevel === undefined) return []
    return [{ ...(audioLevel !== undefined && { audioLevel }), rtpTimestamp: this.#rtpTimestamp }]
  }
}

/** One medium of a fake connection. */
export interface FakeTransceiver {
  direction: string
  readonly kind: Kind
  readonly sender: FakeSender
  readonly receiver: FakeReceiver
  setCodecPreferences(): void
}

/** A connection in memory: it describes itself in short and finds its partner by the credentials in the descriptions. */
export class FakePeerConnection extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new'
  signalingState: RTCSignalingState = 'stable'
  remoteDescription: AppliedDescription | null = null
  configuration: RTCConfiguration
  /** How often another path was looked for. */
  restarts = 0
  readonly #transceivers: FakeTransceiver[] = []
  #localDescription: AppliedDescription | null = null
  #gathered: string[] = []
  readonly #look: () => void
  #partner: FakePeerConnection | null = null
  #fragment = ''
  #version = 0
  #candidates = 0

  constructor(configuration: RTCConfiguration, look: () => void) {
    super()
    this.configuration = configuration
    this.#look = look
  }

  /** With the candidates that were found until now. */
  get localDescription(): AppliedDescription | null {
    const applied = this.#localDescription
    return applied && { ...applied, sdp: [applied.sdp, ...this.#gathered].join('') }
  }

  get localFragment(): string {
    return fragmentOf(this.#localDescription)
  }

  get remoteFragment(): string {
    return fragmentOf(this.remoteDescription)
  }

  get hasCandidates(): boolean {
    return this.#candidates > 0
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.#assertOpen()
    this.configuration = configuration
  }

  addTransceiver(
    kind: Kind,
    { direction = 'sendrecv' }: { readonly direction?: string } = {},
  ): FakeTransceiver {
    const index = this.#transceivers.length
    const isSentTo = () => this.#partner?.sends(index) === true
    const transceiver: FakeTransceiver = {
      direction,
      kind,
      sender: new FakeSender(),
      receiver: new FakeReceiver(kind, isSentTo),
      setCodecPreferences: () => undefined,
    }
    this.#transceivers.push(transceiver)
    return transceiver
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#transceivers]
  }

  /** Whether something goes out from a medium. */
  sends(index: number): boolean {
    const { sender } = this.#transceivers[index] ?? {}
    return this.connectionState === 'connected' && sender?.track != null && sender.encoding.active === true
  }

  async createOffer({ iceRestart = false }: RTCOfferOptions = {}): Promise<AppliedDescription> {
    await Promise.resolve()
    this.#assertOpen()
    if (iceRestart) this.restarts += 1
    if (iceRestart || this.#fragment === '') this.#fragment = crypto.randomUUID().slice(0, 8)
    return { type: 'offer', sdp: this.#write() }
  }

  async createAnswer(): Promise<AppliedDescription> {
    await Promise.resolve()
    this.#assertOpen()
    return { type: 'answer', sdp: this.#write() }
  }

  async setLocalDescription(description: AppliedDescription): Promise<void> {
    await Promise.resolve()
    this.#assertOpen()
    const expected: RTCSignalingState = description.type === 'offer' ? 'stable' : 'have-remote-offer'
    if (this.signalingState !== expected) throw new DOMException(this.signalingState, 'InvalidStateError')
    const before = this.localFragment
    this.#localDescription = description
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable'
    if (this.localFragment !== before) this.#gather()
    this.#changed()
  }

  async setRemoteDescription(description: AppliedDescription): Promise<void> {
    await Promise.resolve()
    this.#assertOpen()
    const { type, sdp } = description
    const expected: RTCSignalingState = type === 'offer' ? 'stable' : 'have-local-offer'
    if (!sdp.startsWith('v=0')) throw new DOMException('no description', 'OperationError')
    if (this.signalingState !== expected) throw new DOMException(this.signalingState, 'InvalidStateError')
    if (fragmentOf(description) !== this.remoteFragment) this.#beginWith(type)
    const kinds = [...sdp.matchAll(/^m=(audio|video)/gm)].map(([, kind]) => kind as Kind)
    for (const kind of kinds.slice(this.#transceivers.length)) this.addTransceiver(kind)
    this.remoteDescription = description
    this.#candidates += sdp.match(/^a=candidate:/gm)?.length ?? 0
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable'
    this.#changed()
  }

  async addIceCandidate({ usernameFragment }: RTCIceCandidateInit): Promise<void> {
    await Promise.resolve()
    this.#assertOpen()
    if (!this.remoteDescription) throw new DOMException('no description', 'InvalidStateError')
    if (usernameFragment !== this.remoteFragment) throw new DOMException('unknown', 'OperationError')
    this.#candidates += 1
    this.#changed()
  }

  /** For the network: the path to this one is found. */
  connectTo(partner: FakePeerConnection): void {
    this.#partner = partner
    this.become('connected')
  }

  /** Lets the browser tell of a state. */
  become(state: RTCPeerConnectionState): void {
    if (state === this.connectionState || this.signalingState === 'closed') return
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }

  close(): void {
    this.signalingState = 'closed'
    this.connectionState = 'closed'
    for (const { receiver } of this.#transceivers) receiver.track.stop()
  }

  /** A restart of one end is one of the other. */
  #beginWith(type: 'offer' | 'answer'): void {
    this.#candidates = 0
    if (type === 'answer') return
    if (this.remoteDescription) this.restarts += 1
    this.#fragment = crypto.randomUUID().slice(0, 8)
  }

  /** Candidates come one by one after the description that they belong to. */
  #gather(): void {
    const fragment = this.localFragment
    this.#gathered = []
    for (const port of [5000, 5001])
      queueMicrotask(() => {
        const candidate = `candidate:1 1 udp 2122260223 192.0.2.1 ${port} typ host ufrag ${fragment}`
        this.#gathered.push(`a=${candidate}\r\n`)
        const found = { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: fragment }
        this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: found }))
      })
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: null })))
  }

  #write(): string {
    this.#version += 1
    const media = this.#transceivers.flatMap(({ kind }, index) =>
      kind === 'audio'
        ? [`m=audio 9 UDP/TLS/RTP/SAVPF 111`, `a=mid:${index}`, ...OPUS]
        : [`m=video 9 UDP/TLS/RTP/SAVPF 96`, `a=mid:${index}`, 'a=rtpmap:96 VP8/90000'],
    )
    const head = [
      'v=0',
      `o=- 1 ${this.#version} IN IP4 127.0.0.1`,
      's=-',
      't=0 0',
      `a=ice-ufrag:${this.#fragment}`,
    ]
    return [...head, ...media, ''].join('\r\n')
  }

  #changed(): void {
    queueMicrotask(this.#look)
  }

  #assertOpen(): void {
    if (this.signalingState === 'closed') throw new DOMException('closed', 'InvalidStateError')
  }
}

const OPUS = ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1']

function fragmentOf(description: AppliedDescription | null): string {
  return /^a=ice-ufrag:(\S+)/m.exec(description?.sdp ?? '')?.[1] ?? ''
}

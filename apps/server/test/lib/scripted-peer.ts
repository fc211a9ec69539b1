import { randomUUID } from 'node:crypto'
import {
  type ConsumerOptions,
  type JoinReply,
  type MediaSession,
  MEETING_NAMESPACE,
  type NotificationName,
  type NotificationPayload,
  PROTOCOL_VERSION,
  type Reply,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  type RtpCapabilities,
  type TrackSource,
} from '@video-meet/protocol'
import { Audio, PeerConnection, type Track, Video } from 'node-datachannel'
import { io, type Socket } from 'socket.io-client'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { type ScriptedSource, steadyCamera, steadyMicrophone, TICK_MS } from './scripted-sources.ts'
import { answerSdp, fingerprintOf, OPUS, offerSdp, VP8 } from './sdp.ts'

const REQUEST_TIMEOUT_MS = patient(10_000)

/** What a scripted peer is able to receive: the codecs it sends, without header extensions. */
export const SCRIPTED_CAPABILITIES: RtpCapabilities = {
  codecs: [
    { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: OPUS, clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: VP8, clockRate: 90_000 },
  ],
  headerExtensions: [],
}

class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

interface Received {
  readonly name: NotificationName
  readonly payload: unknown
}

/** What is sent; steady packets of either kind when left out. */
export interface ScriptedMedia {
  readonly microphone?: ScriptedSource
  readonly camera?: ScriptedSource
}

/** A client without a browser: real socket, real ICE, DTLS and SRTP, and RTP packets made here. */
export class ScriptedPeer {
  readonly socket: Socket
  readonly received: Received[] = []
  /** RTP packets that arrived, by consumer id. */
  readonly packets = new Map<string, number>()
  /** When the last of them arrived, as `performance.now()`. */
  lastPacketAt = 0
  /** RTP packets that were sent, whatever became of them. */
  packetsSent = 0
  readonly #connections: PeerConnection[] = []
  /** A track that is collected as garbage falls silent. */
  readonly #receiving: Track[] = []
  #sending: NodeJS.Timeout | undefined
  #reply: JoinReply | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('notification', (name: NotificationName, payload: unknown) => {
      this.received.push({ name, payload })
    })
  }

  /** @throws Error with the `data` of the refusal when the handshake is refused */
  static async connect(url: string, options: { protocolVersion?: number } = {}): Promise<ScriptedPeer> {
    const socket = io(`${url}${MEETING_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: options.protocolVersion ?? PROTOCOL_VERSION },
    })
    const peer = new ScriptedPeer(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return peer
  }

  /** The reply to the join; throws before it. */
  get joined(): JoinReply {
    if (!this.#reply) throw new Error('not joined')
    return this.#reply
  }

  /** @throws {RequestRefused} */
  async request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    requestId: string = randomUUID(),
  ): Promise<RequestOutput<N>> {
    const reply = (await this.socket
      .timeout(REQUEST_TIMEOUT_MS)
      .emitWithAck('request', name, input, requestId)) as Reply
    if (!reply.ok) throw new RequestRefused(reply.error.code, reply.error.message)
    return reply.data as RequestOutput<N>
  }

  async join(input: Pick<RequestInput<'room.join'>, 'code' | 'name'> & Partial<RequestInput<'room.join'>>) {
    this.#reply = await this.request('room.join', { rtpCapabilities: SCRIPTED_CAPABILITIES, ...input })
    return this.#reply
  }

  /** The payloads of all notifications of this name so far. */
  notifications<N extends NotificationName>(name: N): NotificationPayload<N>[] {
    return this.received
      .filter((one) => one.name === name)
      .map((one) => one.payload as NotificationPayload<N>)
  }

  /** Sends RTP for a microphone and a camera. */
  async publish(
    session: MediaSession = this.joined.media,
    { microphone = steadyMicrophone(), camera = steadyCamera() }: ScriptedMedia = {},
  ): Promise<void> {
    const audio = new Audio('0', 'SendOnly')
    const video = new Video('1', 'SendOnly')
    audio.addOpusCodec(OPUS)
    for (const ssrc of microphone.ssrcs) audio.addSSRC(ssrc, 'scripted')
    video.addVP8Codec(VP8)
    for (const ssrc of camera.ssrcs) video.addSSRC(ssrc, 'scripted')
    const connection = this.#connection('send')
    const tracks = [connection.addTrack(audio), connection.addTrack(video)]
    connection.setLocalDescription('offer')
    await this.#connectTransport(session.sendTransport.id, connection)
    const up = connected(connection)
    connection.setRemoteDescription(answerSdp(session.sendTransport), 'answer')
    await up
    await Promise.all([
      this.#produce('microphone', {
        mimeType: 'audio/opus',
        clockRate: 48_000,
        payloadType: OPUS,
        ssrcs: microphone.ssrcs,
      }),
      this.#produce('camera', {
        mimeType: 'video/VP8',
        clockRate: 90_000,
        payloadType: VP8,
        ssrcs: camera.ssrcs,
      }),
    ])
    clearInterval(this.#sending)
    let tick = 0
    const sources = [microphone, camera]
    this.#sending = setInterval(() => {
      tick += 1
      for (const [n, source] of sources.entries()) this.#send(tracks[n], source.packetsAt(tick))
    }, TICK_MS)
  }

  /** Receives what these consumers send; counts it in `packets`. */
  async receive(
    consumers: readonly ConsumerOptions[],
    session: MediaSession = this.joined.media,
  ): Promise<void> {
    const connection = this.#connection('receive')
    connection.onTrack((track) => {
      this.#receiving.push(track)
      const consumer = consumers[Number(track.mid())]
      if (!consumer) return
      track.onMessage((packet) => {
        const isRtp = ((packet[1] ?? 0) & 0x7f) === consumer.rtpParameters.codecs[0]?.payloadType
        if (!isRtp) return
        this.packets.set(consumer.id, (this.packets.get(consumer.id) ?? 0) + 1)
        this.lastPacketAt = performance.now()
      })
    })
    const up = connected(connection)
    connection.setRemoteDescription(offerSdp(session.receiveTransport, consumers), 'offer')
    connection.setLocalDescription('answer')
    await this.#connectTransport(session.receiveTransport.id, connection)
    await up
    await this.request('sfu.resumeConsumers', { consumerIds: consumers.map((consumer) => consumer.id) })
  }

  close(): void {
    clearInterval(this.#sending)
    for (const connection of this.#connections) connection.close()
    this.socket.disconnect()
  }

  #send(track: Track | undefined, packets: readonly Buffer[]): void {
    for (const packet of packets) {
      if (!isRtcp(packet)) this.packetsSent += 1
      if (track?.isOpen()) track.sendMessageBinary(packet)
    }
  }

  #connection(name: string): PeerConnection {
    const connection = new PeerConnection(name, { iceServers: [], disableAutoNegotiation: true })
    this.#connections.push(connection)
    return connection
  }

  async #connectTransport(
    transportId: RequestInput<'sfu.connectTransport'>['transportId'],
    from: PeerConnection,
  ) {
    const fingerprint = fingerprintOf(from.localDescription()?.sdp ?? '')
    await this.request('sfu.connectTransport', {
      transportId,
      dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] },
    })
  }

  async #produce(
    source: TrackSource,
    codec: { mimeType: string; clockRate: number; payloadType: number; ssrcs: readonly number[] },
  ): Promise<void> {
    const { mimeType, clockRate, payloadType, ssrcs } = codec
    const channels = mimeType.startsWith('audio/') ? { channels: 2 } : {}
    await this.request('sfu.produce', {
      source,
      muted: false,
      rtpParameters: {
        codecs: [{ mimeType, clockRate, payloadType, ...channels }],
        encodings: ssrcs.map((ssrc) => ({ ssrc })),
        rtcp: { cname: 'scripted' },
      },
    })
  }
}

/** By the packet type, which RTP and RTCP on one port are told apart by. */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0
  return type >= 192 && type < 224
}

function connected(connection: PeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.onStateChange((state) => {
      if (state === 'connected') resolve()
      if (state === 'failed') reject(new Error('DTLS or ICE failed'))
    })
  })
}

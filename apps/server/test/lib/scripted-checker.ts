import { randomInt, randomUUID } from 'node:crypto'
import {
  CHECK_NAMESPACE,
  type CheckRequests,
  type ConsumerOptions,
  PROTOCOL_VERSION,
  type Reply,
  type TransportOptions,
} from '@video-meet/protocol'
import { Audio, PeerConnection, type Track } from 'node-datachannel'
import { io, type Socket } from 'socket.io-client'
import type * as z from 'zod/mini'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { SCRIPTED_CAPABILITIES } from './scripted-peer.ts'
import { answerSdp, fingerprintOf, OPUS, offerSdp } from './sdp.ts'

const REQUEST_TIMEOUT_MS = patient(10_000)

type Opened = z.output<CheckRequests['check.open']['output']>

/** Somebody who tests their connection, without a browser: real ICE, DTLS and SRTP. */
export class ScriptedChecker {
  readonly socket: Socket
  readonly notified: string[] = []
  /** Of the sound that was sent, how many packets came back. */
  packetsBack = 0
  readonly #connections: PeerConnection[] = []
  /** A track that is collected as garbage falls silent. */
  readonly #tracks: Track[] = []
  #sending: NodeJS.Timeout | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('notification', (name: string) => void this.notified.push(name))
  }

  /** @param address of the network that a proxy says they come from */
  static async connect(url: string, address = '198.51.100.1'): Promise<ScriptedChecker> {
    const socket = io(`${url}${CHECK_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocolVersion: PROTOCOL_VERSION },
      extraHeaders: { 'x-forwarded-for': address },
    })
    const checker = new ScriptedChecker(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return checker
  }

  async ask(name: string, input: unknown): Promise<Reply> {
    const sent = this.socket.timeout(REQUEST_TIMEOUT_MS)
    return (await sent.emitWithAck('request', name, input, randomUUID())) as Reply
  }

  open(): Promise<Reply> {
    return this.ask('check.open', { rtpCapabilities: SCRIPTED_CAPABILITIES })
  }

  /** Opens a path and sends sound over it, which comes back. */
  async echo(): Promise<Opened> {
    const opened = (await this.#expect('check.open', { rtpCapabilities: SCRIPTED_CAPABILITIES })) as Opened
    const ssrc = randomInt(1, 2 ** 31)
    const audio = new Audio('0', 'SendOnly')
    audio.addOpusCodec(OPUS)
    audio.addSSRC(ssrc, 'scripted')
    const sender = this.#connection('send')
    const track = sender.addTrack(audio)
    sender.setLocalDescription('offer')
    await this.#connectTransport(opened.sendTransport, sender)
    // The SFU's answer has a second section for a picture, which was not offered.
    const answer = answerSdp(opened.sendTransport)
      .replace(/m=video[\s\S]*$/, '')
      .replace('BUNDLE 0 1', 'BUNDLE 0')
    sender.setRemoteDescription(answer, 'answer')
    const consumer = (await this.#expect('check.echo', {
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, payloadType: OPUS, channels: 2 }],
        encodings: [{ ssrc }],
        rtcp: { cname: 'scripted' },
      },
    })) as ConsumerOptions
    await this.#receive(opened.receiveTransport, consumer)
    let sequence = 0
    this.#sending = setInterval(() => {
      sequence += 1
      if (track.isOpen()) track.sendMessageBinary(soundPacket(ssrc, sequence))
    }, 20)
    return opened
  }

  close(): void {
    clearInterval(this.#sending)
    for (const connection of this.#connections) connection.close()
    this.socket.disconnect()
  }

  async #receive(transport: TransportOptions, consumer: ConsumerOptions): Promise<void> {
    const connection = this.#connection('receive')
    connection.onTrack((track) => {
      this.#tracks.push(track)
      track.onMessage((packet) => {
        const isRtp = ((packet[1] ?? 0) & 0x7f) === consumer.rtpParameters.codecs[0]?.payloadType
        if (isRtp) this.packetsBack += 1
      })
    })
    connection.setRemoteDescription(offerSdp(transport, [consumer]), 'offer')
    connection.setLocalDescription('answer')
    await this.#connectTransport(transport, connection)
    await this.#expect('check.resume', {})
  }

  async #connectTransport({ id }: TransportOptions, from: PeerConnection): Promise<void> {
    const value = fingerprintOf(from.localDescription()?.sdp ?? '')
    await this.#expect('check.connectTransport', {
      transportId: id,
      dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] },
    })
  }

  async #expect(name: string, input: unknown): Promise<unknown> {
    const reply = await this.ask(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message}`)
    return reply.data
  }

  #connection(name: string): PeerConnection {
    const connection = new PeerConnection(name, { iceServers: [], disableAutoNegotiation: true })
    this.#connections.push(connection)
    return connection
  }
}

function soundPacket(ssrc: number, sequence: number): Buffer {
  const packet = Buffer.alloc(52, 1)
  packet[0] = 0x80
  packet[1] = 0x80 | OPUS
  packet.writeUInt16BE(sequence & 0xffff, 2)
  packet.writeUInt32BE((sequence * 960) >>> 0, 4)
  packet.writeUInt32BE(ssrc, 8)
  return packet
}

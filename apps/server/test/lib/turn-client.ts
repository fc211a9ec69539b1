import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { patient } from '../../../../scripts/test/time-factor.ts'
import {
  ATTRIBUTE,
  type Attributes,
  decodeResponse,
  encodeMessage,
  encodeXorAddress,
  type Method,
  newTransactionId,
  type Response,
  type Signature,
  takeMessage,
} from './stun-message.ts'

const RESEND_MS = 250
const GIVE_UP_MS = patient(10_000)
const UDP_RELAY = 17
const TCP_RELAY = 6
const FIRST_CHANNEL = 0x4000

/** How a TURN server is reached. */
export interface TurnServerAddress {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
}

/** What a server makes of a request: it grants it, or refuses it with an error code. */
export type Outcome = 'granted' | number

export interface Credential {
  readonly username: string
  readonly credential: string
}

interface Line {
  send(message: Buffer): void
  close(): void
}

/** A client of a TURN server, which asks for one thing at a time and says what came of it. */
export class TurnClient {
  readonly #line: Line
  readonly #credential: Credential
  #realm: { readonly realm: string; readonly nonce: Buffer } | undefined
  #onMessage: (message: Buffer) => void = () => undefined
  #channels = 0

  private constructor(line: (onMessage: (message: Buffer) => void) => Line, credential: Credential) {
    this.#credential = credential
    this.#line = line((message) => this.#onMessage(message))
  }

  static async open(server: TurnServerAddress, credential: Credential): Promise<TurnClient> {
    if (server.transport === 'udp')
      return new TurnClient((onMessage) => udpLine(server, onMessage), credential)
    const { host, port } = server
    const socket =
      server.transport === 'tls'
        ? connectTls({ host, port, rejectUnauthorized: false })
        : connectTcp({ host, port })
    await once(socket, server.transport === 'tls' ? 'secureConnect' : 'connect')
    return new TurnClient((onMessage) => streamLine(socket, onMessage), credential)
  }

  /** Waits until the server answers at all. */
  async untilUp(): Promise<void> {
    await this.#exchange('binding', [])
  }

  /** @param relay what the server is asked to relay with */
  async allocate({ ipv6 = false, tcp = false }: { ipv6?: boolean; tcp?: boolean } = {}): Promise<Outcome> {
    const family = Buffer.from([2, 0, 0, 0])
    return await this.#ask('allocate', () => [
      ['requestedTransport', Buffer.from([tcp ? TCP_RELAY : UDP_RELAY, 0, 0, 0])],
      ...(ipv6 ? [['requestedAddressFamily', family] as const] : []),
    ])
  }

  async refresh(seconds: number): Promise<Outcome> {
    const lifetime = Buffer.alloc(4)
    lifetime.writeUInt32BE(seconds)
    return await this.#ask('refresh', () => [['lifetime', lifetime]])
  }

  async createPermission(address: string): Promise<Outcome> {
    return await this.#ask('createPermission', (id) => [['xorPeerAddress', encodeXorAddress(address, 9, id)]])
  }

  async bindChannel(address: string, port: number): Promise<Outcome> {
    const channel = Buffer.alloc(4)
    channel.writeUInt16BE(FIRST_CHANNEL + this.#channels++)
    return await this.#ask('channelBind', (id) => [
      ['channelNumber', channel],
      ['xorPeerAddress', encodeXorAddress(address, port, id)],
    ])
  }

  /** Asks for a TCP connection to a peer (RFC 6062). */
  async connectTo(address: string, port: number): Promise<Outcome> {
    return await this.#ask('connect', (id) => [['xorPeerAddress', encodeXorAddress(address, port, id)]])
  }

  /** Sends to a peer, with a permission or without; nobody says what becomes of it. */
  send(address: string, port: number, data: string): void {
    const id = newTransactionId()
    const attributes: Attributes = [
      ['xorPeerAddress', encodeXorAddress(address, port, id)],
      ['data', Buffer.from(data)],
    ]
    this.#line.send(encodeMessage('send', attributes, { id, isIndication: true }))
  }

  close(): void {
    this.#line.close()
  }

  async #ask(method: Method, attributes: (id: Buffer) => Attributes): Promise<Outcome> {
    const { isSuccess, attributes: answered } = await this.#exchange(method, attributes)
    if (isSuccess) return 'granted'
    const code = codeOf(answered)
    const realm = answered.get(ATTRIBUTE.realm)
    const nonce = answered.get(ATTRIBUTE.nonce)
    // Asked to sign for the first time, or with a nonce that has become old.
    const mayTryAgain = code === 438 || (code === 401 && this.#realm === undefined)
    if (!mayTryAgain || !nonce) return code
    this.#realm = { realm: realm?.toString() ?? this.#realm?.realm ?? '', nonce: Buffer.from(nonce) }
    const again = await this.#exchange(method, attributes)
    return again.isSuccess ? 'granted' : codeOf(again.attributes)
  }

  /** Sends a request until it is answered, as STUN does over UDP. */
  async #exchange(method: Method, attributes: Attributes | ((id: Buffer) => Attributes)): Promise<Response> {
    const id = newTransactionId()
    const signature: Signature | undefined = this.#realm && {
      ...this.#realm,
      username: this.#credential.username,
      password: this.#credential.credential,
    }
    const given = typeof attributes === 'function' ? attributes(id) : attributes
    const message = encodeMessage(method, given, { id, signature })
    const answer = Promise.withResolvers<Response>()
    this.#onMessage = (received) => {
      const response = decodeResponse(received, id)
      if (response) answer.resolve(response)
    }
    const resend = setInterval(() => this.#line.send(message), RESEND_MS)
    const late = setTimeout(() => answer.reject(new Error(`no answer to ${method}`)), GIVE_UP_MS)
    this.#line.send(message)
    return await answer.promise.finally(() => {
      clearInterval(resend)
      clearTimeout(late)
    })
  }
}

function codeOf(attributes: ReadonlyMap<number, Buffer>): number {
  const value = attributes.get(ATTRIBUTE.errorCode)
  return value ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : 0
}

function udpLine({ host, port }: TurnServerAddress, onMessage: (message: Buffer) => void): Line {
  const socket = createSocket('udp4')
  socket.on('message', onMessage)
  // A server that is not up yet is asked again.
  socket.on('error', () => undefined)
  return { send: (message) => socket.send(message, port, host), close: () => socket.close() }
}

/** Over TCP and TLS nothing is sent twice: what was sent arrives. */
function streamLine(socket: Socket, onMessage: (message: Buffer) => void): Line {
  let received = Buffer.alloc(0)
  const sent = new Set<Buffer>()
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (let taken = takeMessage(received); taken; taken = takeMessage(received)) {
      received = Buffer.from(taken.rest)
      onMessage(taken.message)
    }
  })
  return {
    send(message) {
      if (sent.has(message)) return
      sent.add(message)
      socket.write(message)
    },
    close: () => socket.destroy(),
  }
}

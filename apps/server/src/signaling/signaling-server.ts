import type { IncomingMessage, Server as HttpServer } from 'node:http'
import {
  type ErrorCode,
  Handshake,
  MAX_MESSAGE_BYTES,
  MEETING_NAMESPACE,
  PROTOCOL_VERSION,
} from '@video-meet/protocol'
import { Server, type Socket } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'
import type { Logger } from '../platform/logger.ts'
import { Connection } from './connection.ts'
import type { Dispatch } from './dispatch.ts'
import { OutboundLimit } from './outbound-limit.ts'

const PING_INTERVAL_MS = 5000
const PING_TIMEOUT_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000

export interface SignalingServerOptions {
  readonly httpServer: HttpServer
  readonly dispatch: Dispatch
  /** Whether a page of this request's origin may open a socket. */
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean
  readonly addressOf: (request: IncomingMessage) => string
  /** Connections from one address that have not joined a meeting (yet). */
  readonly maxIdlePerAddress: number
  /** Whether the person behind this connection has joined a meeting. */
  readonly hasJoined: (connection: Connection) => boolean
  readonly log: Logger
}

export interface SignalingServer {
  close(): Promise<void>
}

/** Messages are text: whoever announces binary parts is not a client of ours. */
class TextDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 })
  }
}

/** The Socket.IO end of signaling: lets connections in and hands their requests to `dispatch`. */
export function createSignalingServer(options: SignalingServerOptions): SignalingServer {
  const { httpServer, log } = options
  const io = new Server(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    allowEIO3: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    parser: { Encoder, Decoder: TextDecoder },
    allowRequest: (request, decide) => decide(null, options.isAllowedOrigin(request)),
  })
  const idle = new IdleConnections(options)
  const meeting = io.of(MEETING_NAMESPACE)
  io.use((_socket, next) => next(new Error('There is nothing in this namespace.')))
  meeting.use((socket, next) => next(refusalOf(socket, idle)))
  meeting.on('connection', (socket) => accept(socket, { ...options, idle }))
  io.engine.on('connection_error', (error: { code: number; message: string }) => {
    log.debug({ code: error.code, reason: error.message }, 'upgrade refused')
  })
  return { close: () => io.close() }
}

interface Acceptance extends SignalingServerOptions {
  readonly idle: IdleConnections
}

function accept(socket: Socket, { dispatch, idle, log }: Acceptance): void {
  const address = idle.addressOf(socket)
  const outbound = new OutboundLimit()
  const connection = new Connection(socket.id, {
    send: (name, payload, { volatile }) => {
      const receiver = volatile ? socket.volatile : socket
      receiver.emit('notification', name, payload)
      if (!outbound.isExceeded(queueOf(socket))) return
      log.warn({ connection: socket.id }, 'client reads too slowly, disconnecting it')
      socket.disconnect(true)
    },
    close: () => socket.disconnect(true),
  })
  idle.add(address, connection)
  socket.on('request', (...args: unknown[]) => {
    const acknowledge = args.pop()
    const [name, input, requestId] = args
    if (typeof acknowledge !== 'function') return
    void dispatch(connection, { name, input, requestId }, (reply) => {
      if (!connection.closed) acknowledge(reply)
    })
  })
  socket.on('error', (error) => log.debug({ err: error, connection: socket.id }, 'socket error'))
  socket.once('disconnect', (reason) => {
    log.debug({ connection: socket.id, reason }, 'connection closed')
    connection.ended()
  })
}

function refusalOf(socket: Socket, idle: IdleConnections): Error | undefined {
  const handshake = Handshake.safeParse(socket.handshake.auth)
  if (!handshake.success) return refusal('bad_request', 'The handshake is not valid.')
  if (handshake.data.protocolVersion !== PROTOCOL_VERSION) {
    return refusal('version_mismatch', 'This page is of another version than the server. Reload it.')
  }
  if (idle.isFull(idle.addressOf(socket))) {
    return refusal('rate_limited', 'Too many open connections from your network. Try again in a moment.')
  }
  return undefined
}

function refusal(code: ErrorCode, message: string): Error {
  return Object.assign(new Error(message), { data: { code, message } })
}

/** Counts connections that have not joined, by address: they cost memory and have shown no right to it. */
class IdleConnections {
  readonly #options: SignalingServerOptions
  readonly #byAddress = new Map<string, Set<Connection>>()

  constructor(options: SignalingServerOptions) {
    this.#options = options
  }

  addressOf(socket: Socket): string {
    return this.#options.addressOf(socket.request)
  }

  isFull(address: string): boolean {
    const { hasJoined, maxIdlePerAddress } = this.#options
    const idle = [...(this.#byAddress.get(address) ?? [])].filter((connection) => !hasJoined(connection))
    return idle.length >= maxIdlePerAddress
  }

  add(address: string, connection: Connection): void {
    const connections = this.#byAddress.get(address) ?? new Set()
    this.#byAddress.set(address, connections.add(connection))
    connection.on('closed', () => {
      connections.delete(connection)
      if (connections.size === 0) this.#byAddress.delete(address)
    })
  }
}

/** Engine.IO keeps what waits for a slow reader in `writeBuffer`, which its types call private. */
function queueOf(socket: Socket): { packets: number; bytes: number } {
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] }
  const bytes = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0)
  return { packets: writeBuffer.length, bytes }
}

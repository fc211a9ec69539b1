import type { IncomingMessage, Server as HttpServer } from 'node:http'
import {
  type Contract,
  type ErrorCode,
  Handshake,
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION,
} from '@video-meet/protocol'
import { Server, type Socket } from 'socket.io'
import { Decoder, Encoder } from 'socket.io-parser'
import type { Logger } from '../platform/logger.ts'
import { type CheckMessages, Connection, type MeetingMessages, type WaitingMessages } from './connection.ts'
import type { Dispatch } from './dispatch.ts'
import { IdleLines } from './idle-lines.ts'
import { IncomingLimit } from './incoming-limit.ts'
import { OutboundLimit } from './outbound-limit.ts'

const PING_INTERVAL_MS = 5000
const PING_TIMEOUT_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000
/** HTTP requests under way get this long to end when the server closes. */
const CLOSE_GRACE_MS = 1000

/** A namespace: what is said and heard in it, and who in it counts as a guest of the house. */
export interface Door<M extends Contract> {
  readonly namespace: string
  readonly dispatch: Dispatch<M>
  /** Whether the person behind this connection got somewhere: into a meeting, or into its waiting room. */
  readonly isKnown: (connection: Connection<M>) => boolean
}

export interface SignalingServerOptions {
  readonly httpServer: HttpServer
  readonly meeting: Door<MeetingMessages>
  readonly lobby: Door<WaitingMessages>
  readonly check: Door<CheckMessages>
  /** Whether a page of this request's origin may open a socket. */
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean
  readonly addressOf: (request: IncomingMessage) => string
  /** Connections from one address that got nowhere (yet). At twice as many, no further socket opens. */
  readonly maxIdlePerAddress: number
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
  const idle = new IdleLines(options)
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
    allowRequest: (request, decide) =>
      decide(null, options.isAllowedOrigin(request) && !idle.isFlooded(request)),
  })
  io.use((_socket, next) => next(new Error('There is nothing in this namespace.')))
  open(io, options.meeting, { ...options, idle })
  open(io, options.lobby, { ...options, idle })
  open(io, options.check, { ...options, idle })
  io.engine.on('connection', (line: Socket['conn']) => {
    idle.add(line)
    limitIncoming(line, log)
  })
  io.engine.on('connection_error', (error: { code: number; message: string }) => {
    log.debug({ code: error.code, reason: error.message }, 'upgrade refused')
  })
  return {
    async close() {
      // A socket on which no whole request ever came would keep the HTTP server, which this closes, from closing.
      const timer = setTimeout(() => httpServer.closeAllConnections(), CLOSE_GRACE_MS)
      await io.close()
      clearTimeout(timer)
    },
  }
}

interface Acceptance extends Pick<SignalingServerOptions, 'addressOf' | 'log'> {
  readonly idle: IdleLines
}

function open<M extends Contract>(io: Server, door: Door<M>, acceptance: Acceptance): void {
  const namespace = io.of(door.namespace)
  namespace.use((socket, next) => next(refusalOf(socket, acceptance.idle)))
  namespace.on('connection', (socket) => accept(socket, door, acceptance))
}

/** Whatever it is: most of it would never be seen by the limits of requests. */
function limitIncoming(line: Socket['conn'], log: Logger): void {
  const limit = new IncomingLimit()
  line.on('packet', ({ data }: { data?: unknown }) => {
    if (limit.accepts(typeof data === 'string' ? data.length : 0)) return
    log.debug('client sends too much, disconnecting it')
    line.close(true)
  })
}

function accept<M extends Contract>(
  socket: Socket,
  { dispatch, isKnown }: Door<M>,
  { idle, addressOf, log }: Acceptance,
): void {
  const outbound = new OutboundLimit()
  const letGoIfSlow = () => {
    if (!outbound.isExceeded(queueOf(socket))) return
    log.warn({ connection: socket.id }, 'client reads too slowly, disconnecting it')
    socket.disconnect(true)
  }
  const connection = new Connection<M>(socket.id, {
    address: addressOf(socket.request),
    send: (name, payload, { volatile }) => {
      const receiver = volatile ? socket.volatile : socket
      receiver.emit('notification', name, payload)
      letGoIfSlow()
    },
    close: () => socket.disconnect(true),
  })
  idle.settle(socket.conn, () => isKnown(connection))
  socket.on('request', (...args: unknown[]) => {
    const acknowledge = args.pop()
    const [name, input, requestId] = args
    if (typeof acknowledge !== 'function') return
    void dispatch(connection, { name, input, requestId }, (reply) => {
      if (connection.closed) return
      acknowledge(reply)
      letGoIfSlow()
    })
  })
  socket.on('error', (error) => log.debug({ err: error, connection: socket.id }, 'socket error'))
  socket.once('disconnect', (reason) => {
    log.debug({ connection: socket.id, reason }, 'connection closed')
    connection.ended()
    // A client that leaves the namespace has nothing left to do here; another try starts with another socket.
    socket.conn.close()
  })
}

function refusalOf(socket: Socket, idle: IdleLines): Error | undefined {
  const handshake = Handshake.safeParse(socket.handshake.auth)
  if (!handshake.success) return refusal('bad_request', 'The handshake is not valid.')
  if (handshake.data.protocolVersion !== PROTOCOL_VERSION) {
    return refusal('version_mismatch', 'This page is of another version than the server. Reload it.')
  }
  if (idle.isFull(socket.request)) {
    return refusal('rate_limited', 'Too many open connections from your network. Try again in a moment.')
  }
  return undefined
}

function refusal(code: ErrorCode, message: string): Error {
  return Object.assign(new Error(message), { data: { code, message } })
}

/** Engine.IO keeps what waits for a slow reader in `writeBuffer`, which its types call private. */
function queueOf(socket: Socket): { packets: number; bytes: number } {
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] }
  const bytes = writeBuffer.reduce((sum, { data }) => sum + (typeof data === 'string' ? data.length : 0), 0)
  return { packets: writeBuffer.length, bytes }
}

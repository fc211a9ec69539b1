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
import { IdleLines } from './idle-lines.ts'
import { IncomingLimit } from './incoming-limit.ts'
import { OutboundLimit } from './outbound-limit.ts'

const PING_INTERVAL_MS = 5000
const PING_TIMEOUT_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000
/** HTTP requests under way get this long to end when the server closes. */
const CLOSE_GRACE_MS = 1000

export interface SignalingServerOptions {
  readonly httpServer: HttpServer
  readonly dispatch: Dispatch
  /** Whether a page of this request's origin may open a socket. */
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean
  readonly addressOf: (request: IncomingMessage) => string
  /** Connections from one address that have not joined a meeting (yet). At twice as many, no further socket opens. */
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
  const meeting = io.of(MEETING_NAMESPACE)
  io.use((_socket, next) => next(new Error('There is nothing in this namespace.')))
  meeting.use((socket, next) => next(refusalOf(socket, idle)))
  meeting.on('connection', (socket) => accept(socket, { ...options, idle }))
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

interface Acceptance extends SignalingServerOptions {
  readonly idle: IdleLines
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

function accept(socket: Socket, { dispatch, idle, addressOf, log }: Acceptance): void {
  const outbound = new OutboundLimit()
  const letGoIfSlow = () => {
    if (!outbound.isExceeded(queueOf(socket))) return
    log.warn({ connection: socket.id }, 'client reads too slowly, disconnecting it')
    socket.disconnect(true)
  }
  const connection = new Connection(socket.id, {
    address: addressOf(socket.request),
    send: (name, payload, { volatile }) => {
      const receiver = volatile ? socket.volatile : socket
      receiver.emit('notification', name, payload)
      letGoIfSlow()
    },
    close: () => socket.disconnect(true),
  })
  idle.settle(socket.conn, connection)
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

import { DisplayName, type JoinReply, type MeetingCode } from '@video-meet/protocol'
import { unlessAborted } from './core/abort.ts'
import { createLogger } from './core/logger.ts'
import { JoinError, RestError } from './errors.ts'
import type { CaptureFunctions, InitialMedia } from './local-participant.ts'
import { type GuestToken, type JoinCredentials, createGuestToken } from './room-credentials.ts'
import { type SeatTokens, createSeatTokens } from './room-seat-tokens.ts'
import { RoomSeat } from './room-seat.ts'
import { type PreparedSession, prepareSession } from './room-session.ts'
import { Room } from './room.ts'
import type { MediaEngine } from './topology/topology.ts'

export interface JoinOptions extends InitialMedia {
  readonly code: MeetingCode
  readonly name: string
  readonly credentials?: JoinCredentials
  /** One is prepared now when left out. It belongs to the room after joining, and stays open when joining fails. */
  readonly session?: PreparedSession
  /** Gives up joining. */
  readonly signal?: AbortSignal
  /** Stand-ins for the browser, for tests. */
  readonly parts?: JoinParts
}

export interface JoinParts {
  readonly tokens?: SeatTokens
  readonly guestToken?: GuestToken
  readonly capture?: CaptureFunctions
}

const JOIN_WITHIN_MS = 20_000

/**
 * Joins a meeting. The room exists when this resolves; media follows. Tracks that are handed in belong to the room from
 * then on, and stay the caller's when joining fails.
 *
 * @throws {JoinError}
 */
export async function joinRoom(options: JoinOptions): Promise<Room> {
  const name = DisplayName.safeParse(options.name)
  if (!name.success) throw JoinError.badName()
  const ready = options.session?.closed ? undefined : options.session
  const session = ready ?? prepareSession()
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(JoinError.unreachable()), JOIN_WITHIN_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal
  try {
    return await enterRoom({ ...options, name: name.data }, session, signal)
  } catch (error) {
    if (session !== options.session) session.close()
    throw options.signal?.aborted ? JoinError.aborted() : JoinError.from(error)
  } finally {
    clearTimeout(timer)
  }
}

async function enterRoom(options: JoinOptions, session: PreparedSession, signal: AbortSignal): Promise<Room> {
  // The socket first: a refusal there, such as another version, says more than a REST call that fails as well.
  await session.connector.untilOpen(signal)
  const engine = await loadEngine(session, signal)
  const { code, name, parts } = options
  const seat = new RoomSeat({
    code,
    name,
    rtpCapabilities: engine.rtpCapabilities,
    channel: session.channel,
    connector: session.connector,
    signaling: session.signaling,
    credentials: options.credentials ?? {},
    tokens: parts?.tokens ?? createSeatTokens(),
    guestToken: parts?.guestToken ?? createGuestToken(),
    log: createLogger('room', session.logSink),
  })
  const reply = await takeSeat(seat, signal)
  return new Room({ code, name, session, seat, engine, reply, media: options, capture: parts?.capture })
}

async function loadEngine(session: PreparedSession, signal: AbortSignal): Promise<MediaEngine> {
  try {
    return await unlessAborted(session.engine(), signal)
  } catch (error) {
    signal.throwIfAborted()
    // Prepared before the network or the server was there: the socket is open now, so once more.
    if (error instanceof RestError) return await unlessAborted(session.engine(), signal)
    throw JoinError.unsupportedBrowser(error)
  }
}

async function takeSeat(seat: RoomSeat, signal: AbortSignal): Promise<JoinReply> {
  const taking = seat.take({ signal, persistent: false })
  try {
    return await unlessAborted(taking, signal)
  } catch (error) {
    // Given up on the way: if the seat is taken all the same, it is given back.
    if (signal.aborted) taking.then(() => seat.leave(1000)).catch(() => {})
    throw error
  }
}

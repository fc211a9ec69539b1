import { DisplayName, type JoinReply, type MeetingCode } from '@video-meet/protocol'
import { unlessAborted } from './core/abort.ts'
import { anySignal, isLoadFailure } from './core/browser.ts'
import { createLogger } from './core/logger.ts'
import { JoinError, RestError, SignalingError } from './errors.ts'
import type { CaptureFunctions, InitialMedia } from './local-participant.ts'
import { type GuestToken, type JoinCredentials, createGuestToken } from './room-credentials.ts'
import { type SeatTokens, createSeatTokens } from './room-seat-tokens.ts'
import { RoomSeat } from './room-seat.ts'
import { type PreparedSession, prepareSession } from './room-session.ts'
import type { WaitingRoom } from './room-waiting.ts'
import { Room } from './room.ts'
import type { MediaEngine } from './topology/topology.ts'

export interface JoinOptions extends InitialMedia {
  readonly code: MeetingCode
  readonly name: string
  readonly credentials?: JoinCredentials
  /** False keeps this browser's address from the other participants: everything goes through the server then. */
  readonly direct?: boolean
  /** One is prepared now when left out. It belongs to the room after joining, and stays open when joining fails. */
  readonly session?: PreparedSession
  /**
   * Called when somebody has to let the person in; joining goes on when they have, and fails with `denied` when they
   * will not. Without it joining fails with `waiting_room`.
   */
  readonly onWaiting?: (room: WaitingRoom) => void
  /** Asked at the moment of coming in, in place of what is given here: it may change while the person waits. */
  readonly media?: () => InitialMedia
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
  try {
    return await enterRoom({ ...options, name: name.data }, session)
  } catch (error) {
    if (session !== options.session) session.close()
    throw options.signal?.aborted ? JoinError.aborted() : JoinError.from(error)
  }
}

async function enterRoom(options: JoinOptions, session: PreparedSession): Promise<Room> {
  const { code, name, parts, signal } = options
  const { engine, seat, ...first } = await inTime(signal, async (inTimeSignal) => {
    // The socket first: a refusal there, such as another version, says more than a REST call that fails as well.
    await session.connector.untilOpen(inTimeSignal)
    const loaded = await loadEngine(session, inTimeSignal)
    const taken = seatFor(options, session, loaded)
    return { engine: loaded, seat: taken, reply: await takeSeat(taken, { signal: inTimeSignal }, options) }
  })
  let { reply } = first
  while (reply === null) {
    const ticket = await waitFor(seat, options, session)
    reply = await inTime(signal, (inTimeSignal) => takeSeat(seat, { signal: inTimeSignal, ticket }, options))
  }
  const media = options.media?.() ?? options
  return new Room({ code, name, session, seat, engine, reply, media, capture: parts?.capture })
}

/** Does a step of joining, which has only so much time. */
async function inTime<T>(
  given: AbortSignal | undefined,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(JoinError.unreachable()), JOIN_WITHIN_MS)
  try {
    return await step(given ? anySignal([given, timeout.signal]) : timeout.signal)
  } finally {
    clearTimeout(timer)
  }
}

function seatFor(
  { code, name, parts, credentials, direct = true }: JoinOptions,
  session: PreparedSession,
  engine: MediaEngine,
): RoomSeat {
  return new RoomSeat({
    code,
    name,
    rtpCapabilities: engine.rtpCapabilities,
    client: { ...engine.client, canLink: engine.client.canLink && direct },
    channel: session.channel,
    connector: session.connector,
    signaling: session.signaling,
    credentials: credentials ?? {},
    tokens: parts?.tokens ?? createSeatTokens(),
    guestToken: parts?.guestToken ?? createGuestToken(),
    log: createLogger('room', session.logSink),
  })
}

/** Waits in the waiting room, with no connection to the meeting. @returns the ticket */
async function waitFor(
  seat: RoomSeat,
  { code, name, onWaiting = () => undefined, signal = new AbortController().signal }: JoinOptions,
  session: PreparedSession,
): Promise<string> {
  // Few have to wait: the others do not load it.
  const { waitToBeLetIn } = await import('./room-waiting.ts')
  signal.throwIfAborted()
  session.connector.stop()
  const ticket = await waitToBeLetIn(
    {
      ...session.openLobby(),
      code,
      name,
      proofs: () => seat.proofs(signal),
      onGuestToken: (token) => seat.rememberGuest(token),
      onRenamed: (renamed) => seat.rename(renamed),
      onWaiting,
      log: createLogger('lobby', session.logSink),
    },
    signal,
  ).finally(() => session.connector.start())
  await session.connector.untilOpen(signal)
  return ticket
}

async function loadEngine(session: PreparedSession, signal: AbortSignal): Promise<MediaEngine> {
  try {
    return await unlessAborted(session.engine(), signal)
  } catch (error) {
    signal.throwIfAborted()
    // Prepared before the network or the server was there: the socket is open now, so once more.
    if (error instanceof RestError) return await unlessAborted(session.engine(), signal)
    throw isLoadFailure(error) ? JoinError.unreachable(error) : JoinError.unsupportedBrowser(error)
  }
}

/** @returns null when somebody has to let the person in first */
async function takeSeat(
  seat: RoomSeat,
  how: { readonly signal: AbortSignal; readonly ticket?: string },
  { onWaiting }: JoinOptions,
): Promise<JoinReply | null> {
  const { signal } = how
  const taking = seat.take({ ...how, persistent: false })
  try {
    return await unlessAborted(taking, signal)
  } catch (error) {
    // Given up on the way: if the seat is taken all the same, it is given back.
    if (signal.aborted) taking.then(() => seat.leave(1000)).catch(() => {})
    if (onWaiting && error instanceof SignalingError && error.code === 'waiting_room') return null
    throw error
  }
}

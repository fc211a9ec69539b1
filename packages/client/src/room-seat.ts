import type {
  ClientTraits,
  JoinReply,
  MediaSessionId,
  MeetingCode,
  RtpCapabilities,
} from '@video-meet/protocol'
import { delay } from './core/abort.ts'
import type { Logger } from './core/logger.ts'
import { RestError, SignalingError } from './errors.ts'
import { type GuestToken, type JoinCredentials, proofsFrom } from './room-credentials.ts'
import type { SeatTokens } from './room-seat-tokens.ts'
import type { Connector } from './signaling/connector.ts'
import type { SignalingChannel } from './signaling/signaling-channel.ts'
import type { SignalingClient } from './signaling/signaling-client.ts'

export interface RoomSeatOptions {
  readonly code: MeetingCode
  readonly name: string
  readonly rtpCapabilities: RtpCapabilities
  readonly client: ClientTraits
  readonly channel: SignalingChannel
  readonly connector: Connector
  readonly signaling: SignalingClient
  readonly credentials: JoinCredentials
  readonly tokens: SeatTokens
  readonly guestToken: GuestToken
  readonly log: Logger
}

export interface TakeSeatOptions {
  readonly signal: AbortSignal
  /** The media session that the client would like to go on with, asked at each try: it may break meanwhile. */
  readonly mediaSessionId?: () => MediaSessionId | undefined
  /** From the waiting room. */
  readonly ticket?: string | undefined
  /** Whether a server that is busy or restarting is worth waiting for. */
  readonly persistent: boolean
}

const JOIN_DEADLINE_MS = 8000
const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 5000

/** What passes when one waits for it. */
const PASSING: ReadonlySet<string> = new Set<SignalingError['code']>([
  'rate_limited',
  'unavailable',
  'media_unavailable',
  'internal',
  'conflict',
  'malformed',
])

/** A person's seat in the room: how to take it, to take it again, and to give it back. */
export class RoomSeat {
  readonly #options: RoomSeatOptions
  #name: string

  constructor(options: RoomSeatOptions) {
    this.#options = options
    this.#name = options.name
  }

  /**
   * Takes the seat as soon as there is a connection, the same one as before if its token is still good.
   *
   * @throws {SignalingError} when the server will not have it; the signal's reason when aborted
   */
  async take({ signal, mediaSessionId, ticket, persistent }: TakeSeatOptions): Promise<JoinReply> {
    const { code, rtpCapabilities, client, connector, signaling, tokens } = this.#options
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, MAX_RETRY_MS)) {
      await connector.untilOpen(signal)
      try {
        const resumeToken = tokens.get(code)
        const held = mediaSessionId?.()
        const reply = await signaling.request(
          'room.join',
          {
            code,
            name: this.#name,
            rtpCapabilities,
            client,
            ...(await this.proofs(signal)),
            ...(ticket !== undefined && { ticket }),
            ...(resumeToken !== undefined && { resumeToken }),
            ...(held !== undefined && { mediaSessionId: held }),
          },
          { beforeSeat: true, deadlineMs: JOIN_DEADLINE_MS },
        )
        tokens.set(code, reply.resumeToken)
        if (reply.guestToken !== null) this.rememberGuest(reply.guestToken)
        return reply
      } catch (error) {
        signal.throwIfAborted()
        // The seat is lost; whoever comes back does so through the door.
        if (error instanceof SignalingError && error.code === 'removed') this.forget()
        if (!this.#mayTryAgain(error, persistent)) throw error
      }
      await delay(retryMs, signal)
    }
  }

  /** Under another name from the next time that the seat is taken. */
  rename(name: string): void {
    this.#name = name
  }

  /** Gives the seat back for good. Never rejects. */
  async leave(deadlineMs: number): Promise<void> {
    this.#options.tokens.remove(this.#options.code)
    await this.#sayLeave(false, deadlineMs)
  }

  /** The page is going, perhaps to come back: the seat is held for a moment. */
  pause(): void {
    void this.#sayLeave(true, FIRST_RETRY_MS)
  }

  /** The seat is lost for good: a page that is reloaded must not ask for it. */
  forget(): void {
    this.#options.tokens.remove(this.#options.code)
  }

  /** The server knows this guest by the token from now on. */
  rememberGuest(token: string): void {
    this.#options.guestToken.set(token)
  }

  /** With what this person shows who they are. */
  proofs(signal: AbortSignal) {
    return proofsFrom(this.#options.credentials, this.#options.guestToken, signal)
  }

  async #sayLeave(mayReturn: boolean, deadlineMs: number): Promise<void> {
    try {
      await this.#options.signaling.request('room.leave', { mayReturn }, { beforeSeat: true, deadlineMs })
    } catch (error) {
      this.#options.log.debug('leaving was not confirmed', { error })
    }
  }

  #mayTryAgain(error: unknown, persistent: boolean): boolean {
    // The token of the account could not be renewed just now.
    if (error instanceof RestError) return persistent && error.code === 'network'
    if (!(error instanceof SignalingError)) return false
    this.#options.log.warn('the seat was not taken', { code: error.code })
    switch (error.code) {
      case 'disconnected':
        return true
      case 'timeout':
      case 'already_joined':
        // The join may have happened without its reply getting through: only a new connection can join again.
        this.#options.channel.disconnect()
        return true
      default:
        return persistent && PASSING.has(error.code)
    }
  }
}

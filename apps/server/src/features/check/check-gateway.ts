import type { CheckRequests, checkContract, RequestHandlers, RtpCapabilities } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import { TokenBuckets } from '../../platform/token-buckets.ts'
import type { IssueTestIceServers } from '../../room/ice-servers.ts'
import type { EchoSession } from '../../sfu/echo-session.ts'
import type { CheckMessages, Connection } from '../../signaling/connection.ts'
import type { Handle } from '../../signaling/dispatch.ts'

type Checker = Connection<CheckMessages>
type Handlers = RequestHandlers<typeof checkContract, Checker>

export interface CheckLimits {
  /** How long a path stays open. */
  readonly lifetimeMs: number
  /** Paths that are open at the same time, of all and of one address. */
  readonly atOnce: number
  readonly perAddress: number
  /** How many an address may open. */
  readonly opens: { readonly burst: number; readonly perMinute: number }
}

const DEFAULT_CHECK_LIMITS: CheckLimits = {
  lifetimeMs: 20_000,
  atOnce: 20,
  perAddress: 4,
  opens: { burst: 24, perMinute: 24 },
}

export interface CheckGatewayOptions {
  readonly openEcho: (rtpCapabilities: RtpCapabilities) => Promise<EchoSession>
  readonly iceServers: IssueTestIceServers
  readonly limits?: Partial<CheckLimits> | undefined
}

interface OpenPath {
  readonly address: string
  /** Null while it is opened. */
  session: EchoSession | null
  timer: NodeJS.Timeout | undefined
}

/**
 * Lets anyone try whether media gets through: a path to the SFU and back to the same client, short, few at once, and on
 * routers that no meeting uses.
 */
export class CheckGateway {
  readonly #options: CheckGatewayOptions
  readonly #limits: CheckLimits
  readonly #opens: TokenBuckets
  readonly #paths = new Map<Checker, OpenPath>()
  readonly #followed = new WeakSet<Checker>()

  constructor(options: CheckGatewayOptions) {
    this.#options = options
    this.#limits = { ...DEFAULT_CHECK_LIMITS, ...options.limits }
    this.#opens = new TokenBuckets(this.#limits.opens)
  }

  handlers(): Readonly<Record<keyof CheckRequests, Handle<CheckMessages>>> {
    const handlers: Handlers = {
      'check.open': (connection, { rtpCapabilities }) => this.#open(connection, rtpCapabilities),
      'check.connectTransport': async (connection, { transportId, dtlsParameters }) => {
        await this.#sessionOf(connection).connectTransport(transportId, dtlsParameters)
        return {}
      },
      'check.echo': (connection, { kind, rtpParameters }) =>
        this.#sessionOf(connection).echo(kind, rtpParameters),
      'check.resume': async (connection) => {
        await this.#sessionOf(connection).resume()
        return {}
      },
      'check.close': (connection) => {
        this.#closePath(connection)
        return {}
      },
    }
    return handlers
  }

  close(): void {
    for (const connection of this.#paths.keys()) this.#closePath(connection)
  }

  async #open(connection: Checker, rtpCapabilities: RtpCapabilities) {
    this.#closePath(connection)
    this.#admit(connection.address)
    const path: OpenPath = { address: connection.address, session: null, timer: undefined }
    // Counts from now on: those that are being opened are open as far as limits go.
    this.#paths.set(connection, path)
    try {
      const session = await this.#options.openEcho(rtpCapabilities)
      if (connection.closed || this.#paths.get(connection) !== path) {
        session.close()
        throw new AppError('conflict', 'Your connection ended meanwhile.')
      }
      this.#follow(connection, path, session)
      const { lifetimeMs } = this.#limits
      const iceServers = this.#options.iceServers(Math.ceil(lifetimeMs / 1000))
      return { ...session.describe(), iceServers, lifetimeSeconds: Math.floor(lifetimeMs / 1000) }
    } catch (error) {
      if (this.#paths.get(connection) === path) this.#closePath(connection)
      throw error
    }
  }

  #admit(address: string): void {
    const { atOnce, perAddress } = this.#limits
    const ofAddress = [...this.#paths.values()].filter((path) => path.address === address).length
    if (this.#paths.size >= atOnce || ofAddress >= perAddress)
      throw new AppError('unavailable', 'Too many tests are running. Try again in a minute.')
    const bucket = this.#opens.of(address)
    if (!bucket.take())
      throw new AppError('rate_limited', 'Too many tests. Try again in a minute.', {
        details: { retryAfterSeconds: Math.max(1, bucket.secondsUntil(1)) },
      })
  }

  #follow(connection: Checker, path: OpenPath, session: EchoSession): void {
    path.session = session
    const end = () => {
      if (this.#paths.get(connection) !== path) return
      this.#closePath(connection)
      connection.notify('check.closed', {})
    }
    path.timer = setTimeout(end, this.#limits.lifetimeMs)
    session.on('closed', end)
    if (this.#followed.has(connection)) return
    this.#followed.add(connection)
    connection.on('closed', () => this.#closePath(connection))
  }

  #closePath(connection: Checker): void {
    const path = this.#paths.get(connection)
    if (!path) return
    this.#paths.delete(connection)
    clearTimeout(path.timer)
    path.session?.close()
  }

  #sessionOf(connection: Checker): EchoSession {
    const session = this.#paths.get(connection)?.session
    if (!session) throw new AppError('not_found', 'There is no open path. Open one first.')
    return session
  }
}

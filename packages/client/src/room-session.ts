import { LOBBY_NAMESPACE, getRtcCapabilities } from '@video-meet/protocol'
import { type LogSink, type Logger, createLogger } from './core/logger.ts'
import { createRestClient } from './rest/rest-client.ts'
import { Connector } from './signaling/connector.ts'
import type { ReconnectPolicy } from './signaling/reconnect-policy.ts'
import type { SignalingChannel } from './signaling/signaling-channel.ts'
import { SignalingClient } from './signaling/signaling-client.ts'
import { SocketIoChannel } from './signaling/socket-io-channel.ts'
import { loadLinks } from './topology/late-mesh.ts'
import { createSfuEngine } from './topology/sfu/sfu-engine.ts'
import type { MediaEngine } from './topology/topology.ts'

/** What a session is made of; tests give fakes. */
export interface SessionParts {
  readonly channel: SignalingChannel
  /** Makes the channel over which one waits to be let in. */
  readonly createLobbyChannel: () => SignalingChannel
  /** Loads what media needs; called again when it failed. */
  readonly loadEngine: () => Promise<MediaEngine>
  /** Loads what is likely to be needed soon after, once that is there. */
  readonly loadAhead?: (() => Promise<unknown>) | undefined
  readonly policy?: ReconnectPolicy
  readonly network?: EventTarget | undefined
  readonly logSink?: LogSink | undefined
}

/**
 * A connection to the server and this browser's media, made ready side by side before anyone joins. Failures show when
 * joining. Whoever prepared it closes it, unless a room has taken it over.
 */
export class PreparedSession {
  /** For the SDK. @internal */
  readonly channel: SignalingChannel
  /** For the SDK. @internal */
  readonly connector: Connector
  /** For the SDK. @internal */
  readonly signaling: SignalingClient
  /** For the SDK. @internal */
  readonly logSink: LogSink | undefined
  readonly #parts: SessionParts
  #engine: Promise<MediaEngine> | undefined
  #closed = false

  constructor(parts: SessionParts) {
    const log = createLogger('signaling', parts.logSink)
    this.channel = parts.channel
    this.logSink = parts.logSink
    this.#parts = parts
    this.signaling = new SignalingClient({ channel: parts.channel, log })
    this.connector = this.#connectorOf(parts.channel, log)
    this.connector.start()
    void this.#prepare()
  }

  get closed(): boolean {
    return this.#closed
  }

  /** For the SDK: what media needs, loaded once. @internal */
  engine(): Promise<MediaEngine> {
    this.#engine ??= this.#parts.loadEngine().catch((error: unknown) => {
      this.#engine = undefined
      throw error
    })
    return this.#engine
  }

  /** For the SDK: the line to the waiting room. @internal */
  openLobby(): { readonly channel: SignalingChannel; readonly connector: Connector } {
    const channel = this.#parts.createLobbyChannel()
    return { channel, connector: this.#connectorOf(channel, createLogger('lobby', this.logSink)) }
  }

  /** Drops the connection. May be called more than once. */
  close(): void {
    this.#closed = true
    this.signaling.close()
    this.connector.close()
  }

  async #prepare(): Promise<void> {
    try {
      await this.engine()
      if (!this.#closed) await this.#parts.loadAhead?.()
    } catch {
      // Loaded again, and told, when it is needed.
    }
  }

  #connectorOf(channel: SignalingChannel, log: Logger): Connector {
    const { network, policy } = this.#parts
    return new Connector({ channel, log, network, ...(policy && { policy }) })
  }
}

export interface PrepareOptions {
  /** Where the server is; the page's own origin when left out. */
  readonly serverUrl?: string
  /** Whether others may be in the call: then what connects people directly is loaded too. */
  readonly expectsOthers?: boolean
  /** Where log lines go; the console when left out. */
  readonly logSink?: LogSink
}

/**
 * Warms up for joining, e.g. while the person looks at the pre-join screen: connects, asks for the server's codecs and
 * prepares this browser for them. Never throws.
 */
export function prepareSession(options: PrepareOptions = {}): PreparedSession {
  const serverUrl = options.serverUrl ?? location.origin
  const rest = createRestClient({ baseUrl: serverUrl })
  return new PreparedSession({
    channel: new SocketIoChannel(serverUrl),
    createLobbyChannel: () => new SocketIoChannel(serverUrl, LOBBY_NAMESPACE),
    loadEngine: async () => {
      const { routerRtpCapabilities } = await rest.call(getRtcCapabilities, {})
      return createSfuEngine(routerRtpCapabilities)
    },
    loadAhead: options.expectsOthers ? loadLinks : undefined,
    network: globalThis.window,
    logSink: options.logSink,
  })
}

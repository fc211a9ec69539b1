import type { IceServerList } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import type { Logger } from '../core/logger.ts'
import { isDisconnected } from '../errors.ts'
import type { SendRequest } from '../signaling/signaling-client.ts'

/** The STUN and TURN servers for connections that are made now. */
export interface CurrentIceServers {
  current(): RTCIceServer[]
  /** There are newer credentials; what is connected already need not care. */
  on(name: 'changed', listener: () => void): () => void
}

export interface IceServersOptions {
  readonly request: SendRequest
  readonly log: Logger
}

const RETRY_MS = 60_000

/** Keeps the servers that the room was told, and gets new credentials when half of their time is over. */
export class IceServers extends Emitter<{ changed: [] }> implements CurrentIceServers {
  readonly #options: IceServersOptions
  #servers: IceServerList['servers'] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: IceServersOptions) {
    super()
    this.#options = options
  }

  current(): RTCIceServer[] {
    return this.#servers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    }))
  }

  /** What the server says now, in place of what it said before. */
  accept({ servers, lifetimeSeconds }: IceServerList): void {
    if (this.#closed) return
    const isChanged = JSON.stringify(servers) !== JSON.stringify(this.#servers)
    this.#servers = servers
    clearTimeout(this.#timer)
    if (lifetimeSeconds !== null) this.#renewIn((lifetimeSeconds * 1000) / 2)
    if (isChanged) this.emit('changed')
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.removeAllListeners()
  }

  #renewIn(ms: number): void {
    this.#timer = setTimeout(() => void this.#renew(), ms)
  }

  async #renew(): Promise<void> {
    const timer = this.#timer
    try {
      const list = await this.#options.request('ice.getServers', {}, { oneConnection: true })
      // A reconnect has brought newer ones meanwhile.
      if (this.#timer === timer) this.accept(list)
    } catch (error) {
      if (this.#closed || this.#timer !== timer) return
      if (!isDisconnected(error)) this.#options.log.warn('no new ICE servers', { error })
      this.#renewIn(RETRY_MS)
    }
  }
}

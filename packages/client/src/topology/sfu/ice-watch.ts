import type { types } from 'mediasoup-client'

export interface IceWatchActions {
  /** Restarts ICE; called while the path is broken. */
  readonly restart: () => void
  /** Restarting has not helped: the transport must be replaced. */
  readonly giveUp: () => void
}

const DISCONNECTED_FOR_MS = 2000
const BETWEEN_RESTARTS_MS = 5000
const RESTARTS_FOR_MS = 10_000

/** Watches the connection state of one transport and decides when to restart its ICE and when to give it up. */
export class IceWatch {
  readonly #actions: IceWatchActions
  readonly #now: () => number
  #state: types.ConnectionState = 'new'
  #restartTimer: ReturnType<typeof setTimeout> | undefined
  #giveUpTimer: ReturnType<typeof setTimeout> | undefined
  #restartedAt = -Infinity

  constructor(actions: IceWatchActions, now: () => number = () => performance.now()) {
    this.#actions = actions
    this.#now = now
  }

  stateChanged(state: types.ConnectionState): void {
    this.#state = state
    if (state === 'disconnected') this.#restartIn(DISCONNECTED_FOR_MS)
    else if (state === 'failed') this.#restartIn(0)
    else if (state === 'connected' || state === 'closed') this.close()
  }

  /** The connection to the server is back: what is not connected gets its restart now, and its full time. */
  retry(): void {
    if (this.#state === 'new' || this.#state === 'connected' || this.#state === 'closed') return
    clearTimeout(this.#giveUpTimer)
    this.#giveUpTimer = undefined
    this.#restartedAt = -Infinity
    this.#restartIn(0)
  }

  close(): void {
    clearTimeout(this.#restartTimer)
    clearTimeout(this.#giveUpTimer)
    this.#restartTimer = undefined
    this.#giveUpTimer = undefined
  }

  #restartIn(ms: number): void {
    const earliest = this.#restartedAt + BETWEEN_RESTARTS_MS - this.#now()
    clearTimeout(this.#restartTimer)
    this.#restartTimer = setTimeout(() => this.#restart(), Math.max(ms, earliest))
  }

  #restart(): void {
    this.#restartedAt = this.#now()
    this.#giveUpTimer ??= setTimeout(() => this.#giveUp(), RESTARTS_FOR_MS)
    this.#restartTimer = setTimeout(() => this.#restart(), BETWEEN_RESTARTS_MS)
    this.#actions.restart()
  }

  #giveUp(): void {
    this.close()
    this.#actions.giveUp()
  }
}

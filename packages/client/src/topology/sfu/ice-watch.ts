import type { types } from 'mediasoup-client'

export interface IceWatchActions {
  /**
   * Restarts ICE; called while the path is broken.
   *
   * @returns whether the server was there to be asked
   */
  readonly restart: () => Promise<boolean>
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
  #isLost = false
  /** The server could not be asked for the last restart. */
  #isOwed = false

  constructor(actions: IceWatchActions, now: () => number = () => performance.now()) {
    this.#actions = actions
    this.#now = now
  }

  /** Whether there was a path that is not there at this moment. */
  get isLost(): boolean {
    return this.#isLost
  }

  stateChanged(state: types.ConnectionState): void {
    this.#state = state
    if (state === 'disconnected' || state === 'failed') {
      this.#isLost = true
      this.#restartIn(state === 'failed' ? 0 : DISCONNECTED_FOR_MS)
    } else if (state === 'connected' || state === 'closed') {
      this.#isLost = false
      this.#isOwed = false
      this.close()
    }
  }

  /** There may be a better path, whatever the one that there is calls itself. */
  restartNow(): void {
    if (this.#state === 'new' || this.#state === 'closed') return
    this.#restartedAt = -Infinity
    this.#restartIn(0)
  }

  /** The connection to the server is back: what is not connected gets its restart now, and its full time. */
  retry(): void {
    if (!this.#isLost && !this.#isOwed) return
    clearTimeout(this.#giveUpTimer)
    this.#giveUpTimer = undefined
    this.restartNow()
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
    this.#restartTimer = setTimeout(() => void this.#restart(), Math.max(ms, earliest))
  }

  async #restart(): Promise<void> {
    this.#restartedAt = this.#now()
    if (this.#isLost) {
      this.#restartTimer = setTimeout(() => void this.#restart(), BETWEEN_RESTARTS_MS)
      // Also where the server cannot be asked: after so long its idea of what gets through here is a bad start.
      this.#giveUpTimer ??= setTimeout(() => this.#giveUp(), RESTARTS_FOR_MS)
    }
    this.#isOwed = !(await this.#actions.restart())
  }

  #giveUp(): void {
    this.close()
    this.#actions.giveUp()
  }
}

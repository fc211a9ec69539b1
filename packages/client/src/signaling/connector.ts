import type { ErrorBody } from '@video-meet/protocol'
import { abortable } from '../core/abort.ts'
import type { Logger } from '../core/logger.ts'
import { type ReadableStore, Store } from '../core/store.ts'
import { UndoList } from '../core/undo-list.ts'
import { SignalingError } from '../errors.ts'
import { type ReconnectPolicy, createReconnectPolicy } from './reconnect-policy.ts'
import type { SignalingChannel } from './signaling-channel.ts'

export type ConnectorState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** The server will not have this client; trying again is of no use. */
  | { readonly status: 'refused'; readonly error: ErrorBody }
  | { readonly status: 'closed' }

export interface ConnectorOptions {
  readonly channel: SignalingChannel
  readonly log: Logger
  readonly policy?: ReconnectPolicy
  /** Tells `online` when the network is back: the window. */
  readonly network?: EventTarget | undefined
  readonly now?: () => number
}

/** Opens a channel and opens it again whenever it drops. */
export class Connector {
  readonly #channel: SignalingChannel
  readonly #log: Logger
  readonly #policy: ReconnectPolicy
  readonly #now: () => number
  readonly #state = new Store<ConnectorState>({ status: 'idle' })
  readonly #undo = new UndoList()
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #lostAt = 0
  #timeoutMs = 0

  constructor(options: ConnectorOptions) {
    this.#channel = options.channel
    this.#log = options.log
    this.#policy = options.policy ?? createReconnectPolicy()
    this.#now = options.now ?? (() => performance.now())
    this.#undo.add(this.#channel.on('opened', () => this.#opened()))
    this.#undo.add(this.#channel.on('failed', (reason) => this.#failed(reason)))
    this.#undo.add(this.#channel.on('refused', (error) => this.#refused(error)))
    this.#undo.add(this.#channel.on('dropped', (reason) => this.#dropped(reason)))
    if (options.network) this.#undo.listen(options.network, 'online', () => this.retryNow())
  }

  get state(): ReadableStore<ConnectorState> {
    return this.#state
  }

  /** Begins the first attempt. */
  start(): void {
    if (this.#state.get().status !== 'idle') return
    this.#lostAt = this.#now()
    this.#state.set({ status: 'connecting' })
    this.#timeoutMs = this.#policy({ failures: 0, elapsedMs: 0 }).timeoutMs
    this.#attempt()
  }

  /** Lets the connection go until `start()`. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#state.set({ status: 'idle' })
    this.#channel.disconnect()
  }

  /** Does not wait any longer before the next attempt, and gives up one that is under way. */
  retryNow(): void {
    if (this.#state.get().status !== 'connecting') return
    if (this.#timer === undefined) this.#channel.disconnect()
    this.#attempt()
  }

  /** Resolves when the channel is open; rejects when the server refuses, at `close()` and when aborted. */
  async untilOpen(signal?: AbortSignal): Promise<void> {
    await abortable<void>(signal, (resolve, reject) => {
      const check = () => {
        const state = this.#state.get()
        if (state.status === 'open') resolve(undefined)
        else if (state.status === 'refused') reject(new SignalingError(state.error.code, state.error.message))
        else if (state.status === 'closed') reject(SignalingError.closed())
        else return
        stop()
      }
      const unsubscribe = this.#state.subscribe(check)
      const stop = () => unsubscribe()
      check()
      return stop
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#undo.run()
    this.#state.set({ status: 'closed' })
    this.#channel.close()
  }

  #attempt(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#channel.connect(this.#timeoutMs)
  }

  #opened(): void {
    this.#failures = 0
    this.#log.info('connected')
    this.#state.set({ status: 'open' })
  }

  #dropped(reason: string): void {
    if (this.#state.get().status === 'idle') return
    this.#log.warn('connection lost', { reason })
    this.#lostAt = this.#now()
    this.#state.set({ status: 'connecting' })
    this.#waitForNextAttempt()
  }

  #failed(reason: string): void {
    if (this.#state.get().status === 'idle') return
    this.#log.debug('attempt failed', { reason })
    this.#failures += 1
    this.#waitForNextAttempt()
  }

  #refused(error: ErrorBody): void {
    if (error.code === 'version_mismatch' || error.code === 'forbidden' || error.code === 'unauthorized') {
      this.#log.error('the server refuses this client', { code: error.code })
      this.#state.set({ status: 'refused', error })
      return
    }
    this.#failed(error.code)
  }

  #waitForNextAttempt(): void {
    const step = this.#policy({ failures: this.#failures, elapsedMs: this.#now() - this.#lostAt })
    this.#timeoutMs = step.timeoutMs
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#attempt(), step.delayMs)
  }
}

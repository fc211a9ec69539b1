import {
  type ErrorBody,
  type MeetingCode,
  Reply,
  type WaitingNotifications,
  type WaitingRequests,
  waitingContract,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { delay } from './core/abort.ts'
import { createId, deferred } from './core/browser.ts'
import type { Logger } from './core/logger.ts'
import { type ReadableStore, Store, patchStore } from './core/store.ts'
import { UndoList } from './core/undo-list.ts'
import { JoinError, RestError, SignalingError } from './errors.ts'
import type { Connector } from './signaling/connector.ts'
import type { SignalingChannel } from './signaling/signaling-channel.ts'

/** What a person in the waiting room knows. */
export interface WaitingView {
  /** How many are let in before, plus one; null while the connection is lost. */
  readonly place: number | null
  /** What the host wrote, oldest first. */
  readonly messages: readonly string[]
  /** Under which name one asks to be let in. */
  readonly name: string
}

/** Where a person waits to be let in. */
export interface WaitingRoom {
  readonly state: ReadableStore<WaitingView>
  /** Asks under another name. @throws {SignalingError} */
  rename(name: string): Promise<void>
  /** Knocks again. @throws {SignalingError} `rate_limited` */
  remind(): Promise<void>
}

type Knock = z.input<WaitingRequests['waiting.knock']['input']>
type Proofs = Omit<Knock, 'code' | 'name'>
type RequestName = keyof WaitingRequests
type NotificationName = keyof WaitingNotifications

export interface WaitOptions {
  readonly code: MeetingCode
  readonly name: string
  readonly proofs: () => Promise<Proofs>
  readonly channel: SignalingChannel
  readonly connector: Connector
  readonly onGuestToken: (token: string) => void
  readonly onWaiting: (room: WaitingRoom) => void
  /** They are shown under another name to those who may let them in, and have to come in under it. */
  readonly onRenamed: (name: string) => void
  readonly log: Logger
}

/** What passes when one waits for it. */
const PASSING: ReadonlySet<string> = new Set<SignalingError['code'] | RestError['code']>([
  'rate_limited',
  'unavailable',
  'internal',
  // The token of the account could not be renewed just now.
  'network',
])
const RETRY_MS = 5000
const REPLY_WITHIN_MS = 8000
const MAX_MESSAGES = 50

/**
 * Waits to be let in, over as many connections as it takes.
 *
 * @returns the ticket for the join
 * @throws {JoinError} `denied`, `meeting_ended`, `replaced` by another tab, or why one may not even wait; the signal's reason when aborted
 */
export async function waitToBeLetIn(options: WaitOptions, signal: AbortSignal): Promise<string> {
  const waiting = new Waiting(options)
  try {
    return await waiting.ticket(signal)
  } finally {
    waiting.close()
  }
}

class Waiting implements WaitingRoom {
  readonly #options: WaitOptions
  readonly #state: Store<WaitingView>
  readonly #undo = new UndoList()
  readonly #outcome = deferred<string>()
  /** Counts the knocks: one that waits to be tried again gives way to a later one. */
  #knocks = 0

  constructor(options: WaitOptions) {
    this.#options = options
    this.#state = new Store<WaitingView>({ place: null, messages: [], name: options.name })
  }

  get state(): ReadableStore<WaitingView> {
    return this.#state
  }

  async rename(name: string): Promise<void> {
    await this.#request('waiting.rename', { name })
    this.#options.onRenamed(name)
    patchStore(this.#state, { name })
  }

  async remind(): Promise<void> {
    await this.#request('waiting.remind', {})
  }

  async ticket(signal: AbortSignal): Promise<string> {
    const { channel, connector, onWaiting } = this.#options
    this.#undo.add(channel.on('notification', (name, payload) => this.#receive(name, payload)))
    this.#undo.add(channel.on('dropped', () => patchStore(this.#state, { place: null })))
    this.#undo.add(channel.on('dropped', () => void this.#knock(signal)))
    this.#undo.listen(signal, 'abort', () => this.#outcome.reject(signal.reason))
    connector.start()
    onWaiting(this)
    void this.#knock(signal)
    return this.#outcome.promise
  }

  close(): void {
    this.#undo.run()
    this.#options.connector.close()
  }

  async #knock(signal: AbortSignal): Promise<void> {
    const { code, connector, proofs, onGuestToken } = this.#options
    const count = ++this.#knocks
    try {
      await connector.untilOpen(signal)
      const { name } = this.#state.get()
      const reply = await this.#request('waiting.knock', { code, name, ...(await proofs()) })
      if (reply.guestToken !== null) onGuestToken(reply.guestToken)
      if (reply.ticket !== null) this.#outcome.resolve(reply.ticket)
      else patchStore(this.#state, { place: reply.place })
    } catch (error) {
      if (signal.aborted || !this.#mayKnockAgain(error)) return
      await delay(RETRY_MS, signal).catch(() => undefined)
      if (!signal.aborted && count === this.#knocks) void this.#knock(signal)
    }
  }

  /** Whether to knock again over the same connection. A new one knocks by itself. */
  #mayKnockAgain(error: unknown): boolean {
    const { channel, log } = this.#options
    const code = error instanceof SignalingError || error instanceof RestError ? error.code : undefined
    log.warn('could not knock', { error })
    switch (code) {
      case 'disconnected':
        return false
      case 'timeout':
      case 'already_joined':
        // The knock may have been heard without its reply getting through: only a new connection can knock again.
        channel.disconnect()
        return false
      default:
        if (code !== undefined && PASSING.has(code)) return true
        this.#outcome.reject(JoinError.from(error))
        return false
    }
  }

  #request<N extends RequestName>(
    name: N,
    input: z.input<WaitingRequests[N]['input']>,
  ): Promise<z.output<WaitingRequests[N]['output']>> {
    const { channel } = this.#options
    const undo = new UndoList()
    return new Promise<z.output<WaitingRequests[N]['output']>>((resolve, reject) => {
      if (!channel.isOpen) return reject(SignalingError.disconnected(name))
      const timer = setTimeout(() => reject(SignalingError.timeout(name)), REPLY_WITHIN_MS)
      undo.add(() => clearTimeout(timer))
      undo.add(channel.on('dropped', () => reject(SignalingError.disconnected(name))))
      channel.send({ name, input, id: createId() }, (reply) => {
        try {
          resolve(outputOf(name, reply))
        } catch (error) {
          reject(error instanceof Error ? error : SignalingError.malformed(name, error))
        }
      })
    }).finally(() => undo.run())
  }

  #receive(name: unknown, payload: unknown): void {
    if (typeof name !== 'string' || !Object.hasOwn(waitingContract.notifications, name)) return
    const parsed = waitingContract.notifications[name as NotificationName].safeParse(payload)
    if (!parsed.success) return this.#options.log.warn('malformed notification dropped', { name })
    const told = parsed.data
    if ('ticket' in told) this.#outcome.resolve(told.ticket)
    else if ('reason' in told) this.#outcome.reject(JoinError.turnedAway(told.reason))
    else if ('place' in told) patchStore(this.#state, { place: told.place })
    else {
      const { messages } = this.#state.get()
      patchStore(this.#state, { messages: [...messages, told.text].slice(-MAX_MESSAGES) })
    }
  }
}

function outputOf<N extends RequestName>(name: N, reply: unknown): z.output<WaitingRequests[N]['output']> {
  const parsed = Reply.safeParse(reply)
  if (!parsed.success) throw SignalingError.malformed(name, parsed.error)
  if (!parsed.data.ok) throw refusal(parsed.data.error)
  const output = waitingContract.requests[name].output.safeParse(parsed.data.data)
  if (!output.success) throw SignalingError.malformed(name, output.error)
  return output.data as z.output<WaitingRequests[N]['output']>
}

function refusal({ code, message, details }: ErrorBody): SignalingError {
  return new SignalingError(code, message, { details })
}

import type { IncomingMessage } from 'node:http'

/** The WebSocket under a connection; there is one without a connection until the client says what it wants. */
export interface Line {
  readonly request: IncomingMessage
  once(event: 'close', listener: () => void): unknown
}

export interface IdleLinesOptions {
  readonly addressOf: (request: IncomingMessage) => string
  readonly maxIdlePerAddress: number
}

/** Counts lines of clients that have not joined, by address: they cost memory and have shown no right to it. */
export class IdleLines {
  readonly #options: IdleLinesOptions
  readonly #byAddress = new Map<string, Set<Line>>()
  /** Whether the person behind a line got somewhere. */
  readonly #known = new WeakMap<Line, () => boolean>()

  constructor(options: IdleLinesOptions) {
    this.#options = options
  }

  /** Whether a client of this address is told to try again later; its own line counts. */
  isFull(request: IncomingMessage): boolean {
    return this.#countAt(request) > this.#options.maxIdlePerAddress
  }

  /** Whether this address does not even get a line on which it could be told. */
  isFlooded(request: IncomingMessage): boolean {
    return this.#countAt(request) >= 2 * this.#options.maxIdlePerAddress
  }

  add(line: Line): void {
    const address = this.#options.addressOf(line.request)
    const lines = this.#byAddress.get(address) ?? new Set()
    this.#byAddress.set(address, lines.add(line))
    line.once('close', () => {
      lines.delete(line)
      if (lines.size === 0 && this.#byAddress.get(address) === lines) this.#byAddress.delete(address)
    })
  }

  settle(line: Line, isKnown: () => boolean): void {
    this.#known.set(line, isKnown)
  }

  #countAt(request: IncomingMessage): number {
    let idle = 0
    for (const line of this.#byAddress.get(this.#options.addressOf(request)) ?? []) {
      if (!this.#known.get(line)?.()) idle += 1
    }
    return idle
  }
}

import { EventEmitter } from 'node:events'

type Listener<Arguments extends unknown[]> = (...args: Arguments) => void

/** Typed events: `Events` maps each name (past tense) to the arguments of its listeners. */
export class Emitter<Events extends Record<string, unknown[]>> {
  readonly #emitter = new EventEmitter()

  /** @returns what takes the listener away again */
  on<N extends keyof Events & string>(name: N, listener: Listener<Events[N]>): () => void {
    this.#emitter.on(name, listener as Listener<unknown[]>)
    return () => void this.#emitter.off(name, listener as Listener<unknown[]>)
  }

  protected emit<N extends keyof Events & string>(name: N, ...args: Events[N]): void {
    this.#emitter.emit(name, ...args)
  }

  protected removeListeners(): void {
    this.#emitter.removeAllListeners()
  }
}

import type { FeatureSnapshots, WaitingId, WaitingPerson } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import { type ReadableStore, Store } from '../core/store.ts'
import type { FeatureContext, RoomFeature } from './feature.ts'

export interface LobbyState {
  /** The first one waiting comes first. Empty for those who may not admit. */
  readonly waiting: readonly WaitingPerson[]
}

export type LobbyEvents = {
  /** Somebody new waits, or asked again. */
  knocked: [person: WaitingPerson]
}

/** The waiting room as seen by those who may let people in. */
export class LobbyFeature implements RoomFeature<'lobby'> {
  readonly events = new Emitter<LobbyEvents>()
  readonly #state = new Store<LobbyState>({ waiting: [] })
  readonly #request: FeatureContext['request']
  readonly #unsubscribe: () => void

  constructor({ request, onNotification }: FeatureContext) {
    this.#request = request
    this.#unsubscribe = onNotification('lobby.changed', ({ waiting }) => this.#update(waiting))
  }

  get state(): ReadableStore<LobbyState> {
    return this.#state
  }

  /** Lets people in. Those who are gone meanwhile are passed over. */
  async admit(ids: WaitingId[]): Promise<void> {
    await this.#request('lobby.admit', { ids })
  }

  async deny(ids: WaitingId[]): Promise<void> {
    await this.#request('lobby.deny', { ids })
  }

  /** Writes a line to people who wait. */
  async message(ids: WaitingId[], text: string): Promise<void> {
    await this.#request('lobby.message', { ids, text })
  }

  restore({ waiting }: FeatureSnapshots['lobby']): void {
    this.#update(waiting)
  }

  close(): void {
    this.#unsubscribe()
    this.events.removeAllListeners()
  }

  #update(waiting: readonly WaitingPerson[]): void {
    const before = new Map(this.#state.get().waiting.map((person) => [person.id, person]))
    this.#state.set({ waiting })
    for (const person of waiting) {
      const known = before.get(person.id)
      if (!known || known.reminders < person.reminders) this.events.emit('knocked', person)
    }
  }
}

import type { FeatureSnapshots, ParticipantId, RaisedHand } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import { type ReadableStore, Store } from '../core/store.ts'
import type { FeatureContext, RoomFeature } from './feature.ts'

export interface HandsState {
  /** The first one raised comes first. */
  readonly raised: readonly RaisedHand[]
}

export type HandsEvents = {
  /** Somebody, perhaps this person, raised a hand. Not told for what a joiner finds. */
  raised: [participantId: ParticipantId]
}

/** Raised hands, in order. */
export class HandsFeature implements RoomFeature<'hands'> {
  readonly events = new Emitter<HandsEvents>()
  readonly #state = new Store<HandsState>({ raised: [] })
  readonly #request: FeatureContext['request']
  readonly #unsubscribe: () => void

  constructor({ request, onNotification }: FeatureContext) {
    this.#request = request
    this.#unsubscribe = onNotification('hands.changed', ({ raised }) => {
      const before = this.#state.get().raised.map(({ participantId }) => participantId)
      this.#state.set({ raised })
      for (const { participantId } of raised)
        if (!before.includes(participantId)) this.events.emit('raised', participantId)
    })
  }

  get state(): ReadableStore<HandsState> {
    return this.#state
  }

  /** @throws {SignalingError} `forbidden` */
  async raise(): Promise<void> {
    await this.#request('hands.raise', {})
  }

  async lower(): Promise<void> {
    await this.#request('hands.lower', {})
  }

  /** Lowers somebody else's hand. */
  async lowerOf(participantId: ParticipantId): Promise<void> {
    await this.#request('hands.lowerOf', { participantId })
  }

  async lowerAll(): Promise<void> {
    await this.#request('hands.lowerAll', {})
  }

  restore({ raised }: FeatureSnapshots['hands']): void {
    this.#state.set({ raised })
  }

  close(): void {
    this.#unsubscribe()
    this.events.removeAllListeners()
  }
}

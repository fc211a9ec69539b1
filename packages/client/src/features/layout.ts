import type { CommonLayout, FeatureSnapshots, ParticipantId, StageLayout } from '@video-meet/protocol'
import { type ReadableStore, Store } from '../core/store.ts'
import type { FeatureContext, RoomFeature } from './feature.ts'

/** What moderators arrange for everyone: the spotlight, and a layout to follow. */
export class LayoutFeature implements RoomFeature<'layout'> {
  readonly #state = new Store<CommonLayout>({ spotlight: null, led: null })
  readonly #request: FeatureContext['request']
  readonly #unsubscribe: () => void

  constructor({ request, onNotification }: FeatureContext) {
    this.#request = request
    this.#unsubscribe = onNotification('layout.changed', (layout) => this.#state.set(layout))
  }

  get state(): ReadableStore<CommonLayout> {
    return this.#state
  }

  /** Shows somebody large to everyone; null ends it. */
  async spotlight(participantId: ParticipantId | null): Promise<void> {
    await this.#request('layout.spotlight', { participantId })
  }

  /** Everyone sees the stage as this person does; null ends it. */
  async lead(layout: StageLayout | null): Promise<void> {
    await this.#request('layout.lead', { layout })
  }

  restore(layout: FeatureSnapshots['layout']): void {
    this.#state.set(layout)
  }

  close(): void {
    this.#unsubscribe()
  }
}

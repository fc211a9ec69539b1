import type { ChatMessage, FeatureSnapshots } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import { type ReadableStore, Store } from '../core/store.ts'
import type { FeatureContext, RoomFeature } from './feature.ts'

export interface ChatState {
  /** Oldest first. */
  readonly messages: readonly ChatMessage[]
}

export type ChatEvents = {
  /** Somebody else wrote a message. Not told for what a joiner or a reconnecting client finds. */
  messageReceived: [message: ChatMessage]
}

/** Keeps the page light in a meeting of many hours. */
const MAX_MESSAGES = 1000

/** The meeting's chat. */
export class ChatFeature implements RoomFeature<'chat'> {
  readonly events = new Emitter<ChatEvents>()
  readonly #state = new Store<ChatState>({ messages: [] })
  readonly #request: FeatureContext['request']
  readonly #unsubscribe: () => void

  constructor({ request, onNotification }: FeatureContext) {
    this.#request = request
    this.#unsubscribe = onNotification('chat.messageSent', (message) => {
      if (this.#add(message)) this.events.emit('messageReceived', message)
    })
  }

  get state(): ReadableStore<ChatState> {
    return this.#state
  }

  /**
   * Sends a message to everyone; it is in the state when this resolves.
   *
   * @throws {SignalingError}
   */
  async send(text: string): Promise<ChatMessage> {
    const message = await this.#request('chat.send', { text })
    this.#add(message)
    return message
  }

  restore({ messages }: FeatureSnapshots['chat']): void {
    this.#state.set({ messages })
  }

  close(): void {
    this.#unsubscribe()
    this.events.removeAllListeners()
  }

  /** @returns whether the message is new */
  #add(message: ChatMessage): boolean {
    const { messages } = this.#state.get()
    if (messages.some(({ id }) => id === message.id)) return false
    this.#state.set({ messages: [...messages, message].slice(-MAX_MESSAGES) })
    return true
  }
}

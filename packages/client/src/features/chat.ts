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
/** As long as the server holds the seat of somebody whose connection is lost. */
const SENT_WITHIN_MS = 120_000

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
   * Sends a message to everyone, over the next connection if this one is lost; it is in the state when this resolves.
   *
   * @throws {SignalingError}
   */
  async send(text: string): Promise<ChatMessage> {
    const message = await this.#request('chat.send', { text }, { deadlineMs: SENT_WITHIN_MS })
    this.#add(message)
    return message
  }

  /** A server that was started anew remembers nothing of what was written before; those who were there do. */
  restore({ messages }: FeatureSnapshots['chat']): void {
    const listed = new Set(messages.map(({ id }) => id))
    const others = this.#state.get().messages.filter(({ id }) => !listed.has(id))
    const all = [...others, ...messages].toSorted((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt))
    this.#state.set({ messages: all.slice(-MAX_MESSAGES) })
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

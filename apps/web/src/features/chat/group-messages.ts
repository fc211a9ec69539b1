import type { ChatMessage } from '@video-meet/protocol'

export interface MessageGroup {
  readonly key: string
  readonly participantId: string
  readonly name: string
  readonly sentAt: string
  readonly messages: readonly ChatMessage[]
}

/** A pause longer than this starts a new group with its own time. */
const PAUSE_MS = 5 * 60_000

/** Puts what one person wrote in a row under one heading. */
export function groupMessages(messages: readonly ChatMessage[]): MessageGroup[] {
  const groups: (MessageGroup & { messages: ChatMessage[] })[] = []
  for (const message of messages) {
    const last = groups.at(-1)
    const before = last?.messages.at(-1)
    if (last !== undefined && before !== undefined && belongsTo(before, message)) last.messages.push(message)
    else {
      const { id, participantId, name, sentAt } = message
      groups.push({ key: id, participantId, name, sentAt, messages: [message] })
    }
  }
  return groups
}

function belongsTo(before: ChatMessage, message: ChatMessage): boolean {
  return (
    before.participantId === message.participantId &&
    before.name === message.name &&
    Date.parse(message.sentAt) - Date.parse(before.sentAt) < PAUSE_MS
  )
}

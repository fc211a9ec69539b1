import { randomUUID } from 'node:crypto'
import { chatContract, type ChatMessage } from '@video-meet/protocol'
import { defineRoomFeature } from '../../room/room-feature.ts'

const MOST_KEPT = 500
/** In UTF-16 code units: every join carries them all. */
const MOST_TEXT_KEPT = 100_000

/** Text chat of a room. The newest messages are kept while the room exists, for those who join later. */
export const chat = defineRoomFeature({
  contract: chatContract,
  create(room) {
    const messages: ChatMessage[] = []
    let textKept = 0
    const keep = (message: ChatMessage) => {
      messages.push(message)
      textKept += message.text.length
      while (messages.length > MOST_KEPT || textKept > MOST_TEXT_KEPT) {
        textKept -= messages.shift()?.text.length ?? 0
      }
    }
    return {
      handlers: {
        'chat.send': (author, { text }) => {
          const message: ChatMessage = {
            id: randomUUID(),
            participantId: author.id,
            name: author.name,
            text,
            sentAt: new Date().toISOString(),
          }
          keep(message)
          room.broadcast('chat.messageSent', message, { except: author.id })
          return message
        },
      },
      snapshot: () => ({ messages }),
      close: () => void messages.splice(0),
    }
  },
})

import { randomUUID } from 'node:crypto'
import { chatContract, type ChatMessage } from '@video-meet/protocol'
import { defineRoomFeature } from '../../room/room-feature.ts'

const MOST_KEPT = 500

/** Text chat of a room. The newest messages are kept while the room exists, for those who join later. */
export const chat = defineRoomFeature({
  contract: chatContract,
  create(room) {
    const messages: ChatMessage[] = []
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
          messages.push(message)
          if (messages.length > MOST_KEPT) messages.shift()
          room.broadcast('chat.messageSent', message, { except: author.id })
          return message
        },
      },
      snapshot: () => ({ messages }),
      close: () => void messages.splice(0),
    }
  },
})

import * as z from 'zod/mini'
import { defineFeatureContract } from '../contract.ts'
import { ParticipantId } from '../ids.ts'
import { named } from '../shapes.ts'
import { messageText } from '../text.ts'

/** Longest message, in UTF-16 code units. */
export const CHAT_MESSAGE_MAX_LENGTH = 4000

export const ChatMessage = named(
  'ChatMessage',
  z.object({
    id: z.uuid(),
    participantId: ParticipantId,
    /** The author's name when the message was sent; the author may have left since. */
    name: z.string(),
    text: z.string(),
    sentAt: z.iso.datetime(),
  }),
)
export type ChatMessage = z.infer<typeof ChatMessage>

export const chatContract = defineFeatureContract({
  /** The newest messages, oldest first. */
  snapshot: z.object({ messages: z.array(ChatMessage) }),
  requests: {
    'chat.send': {
      input: z.strictObject({
        text: messageText(CHAT_MESSAGE_MAX_LENGTH),
      }),
      output: ChatMessage,
      limit: { burst: 10, perMinute: 60 },
    },
  },
  notifications: {
    'chat.messageSent': ChatMessage,
  },
})

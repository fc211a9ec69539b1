import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { credentials } from './credentials.ts'
import { WaitingMessage } from './features/lobby.ts'
import { MeetingCode } from './meeting-code.ts'
import { DisplayName } from './text.ts'

/**
 * All that a person in the waiting room can say and hear, in a namespace of its own: nothing of the call is in it.
 */
export const waitingContract = defineContract({
  requests: {
    /** Asks to be let in. */
    'waiting.knock': {
      input: z.strictObject({ code: MeetingCode, name: DisplayName, ...credentials }),
      output: z.object({
        /** How many are let in before, plus one; null when one need not wait. */
        place: z.nullable(z.int()),
        /** For the join, when one need not wait. */
        ticket: z.nullable(z.string()),
        /** For the next knock or join of the same guest; null for who is signed in. */
        guestToken: z.nullable(z.string()),
      }),
      limit: { burst: 6, perMinute: 12 },
    },
    'waiting.rename': {
      input: z.strictObject({ name: DisplayName }),
      output: z.object({}),
      limit: { burst: 5, perMinute: 10 },
    },
    /** Knocks again. */
    'waiting.remind': { input: z.strictObject({}), output: z.object({}), limit: { burst: 2, perMinute: 2 } },
    'waiting.leave': { input: z.strictObject({}), output: z.object({}), limit: { burst: 3, perMinute: 10 } },
  },
  notifications: {
    'waiting.placeChanged': z.object({ place: z.int() }),
    'waiting.messageReceived': z.object({ text: WaitingMessage }),
    /** The ticket is good for one join within a minute. The connection is closed after it. */
    'waiting.admitted': z.object({ ticket: z.string() }),
    /**
     * `denied`: by the host; `ended`: the call was ended; `replaced`: the same person waits in another tab. The connection
     * is closed after it.
     */
    'waiting.denied': z.object({ reason: z.enum(['denied', 'ended', 'replaced']) }),
  },
})

/** Every request of the waiting room by name; has no prototype, so a name from the wire can be looked up as it is. */
export const waitingRequests = Object.assign(Object.create(null) as object, waitingContract.requests)
export type WaitingRequests = (typeof waitingContract)['requests']
export type WaitingNotifications = (typeof waitingContract)['notifications']

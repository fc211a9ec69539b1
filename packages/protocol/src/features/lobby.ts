import * as z from 'zod/mini'
import { defineFeatureContract } from '../contract.ts'
import { listOf, named } from '../shapes.ts'
import { lineOfText } from '../text.ts'

/** Id of somebody who waits to be let in. */
export const WaitingId = z.uuid().brand<'WaitingId'>()
export type WaitingId = z.infer<typeof WaitingId>

/** Somebody in the waiting room as those see them who may let them in. */
export const WaitingPerson = named(
  'WaitingPerson',
  z.object({
    id: WaitingId,
    name: z.string(),
    hasAccount: z.boolean(),
    since: z.iso.datetime(),
    /** Was removed from this call before. */
    wasRemoved: z.boolean(),
    /** So many wrong passwords were tried at this meeting that theirs was not checked. */
    passwordUnchecked: z.boolean(),
    /** How often they asked again. */
    reminders: z.int(),
  }),
)
export type WaitingPerson = z.infer<typeof WaitingPerson>

/** A line from the host to people who wait. */
export const WaitingMessage = lineOfText(300)

const WaitingIds = listOf(WaitingId, 1, 500)
const LIMIT = { burst: 30, perMinute: 120 }

/** The waiting room as seen from inside the call. */
export const lobbyContract = defineFeatureContract({
  /** Empty for those who may not admit. The first one waiting comes first. */
  snapshot: z.object({ waiting: z.array(WaitingPerson) }),
  requests: {
    /** Those who are gone meanwhile are passed over. */
    'lobby.admit': { input: z.strictObject({ ids: WaitingIds }), output: z.object({}), limit: LIMIT },
    'lobby.deny': { input: z.strictObject({ ids: WaitingIds }), output: z.object({}), limit: LIMIT },
    'lobby.message': {
      input: z.strictObject({ ids: WaitingIds, text: WaitingMessage }),
      output: z.object({}),
      limit: LIMIT,
    },
  },
  notifications: {
    /** Goes to those who may admit. */
    'lobby.changed': z.object({ waiting: z.array(WaitingPerson) }),
  },
})

import * as z from 'zod/mini'
import { text } from './shapes.ts'

/** With what a person shows who they are at the door of a call; without any of it they are a guest. */
export const credentials = {
  /** Of who is signed in. */
  accessToken: z.optional(text(4096)),
  /** From an earlier join without an account: shows that it is the same guest. */
  guestToken: z.optional(text(1024)),
  /** From the personal link of an invitation. */
  invitationToken: z.optional(text(200)),
  /** Shows that they read the email of the invitation: they take the place of who sits there with its link. */
  invitationProof: z.optional(text(1024)),
  /** They take that place because they signed in with the invited account. */
  takeOver: z.optional(z.boolean()),
  /** Of who made the meeting without an account. */
  hostToken: z.optional(text(1024)),
  /** Of a meeting that has one. */
  password: z.optional(text(128)),
}

import * as z from 'zod/mini'
import { named, whole } from '../shapes.ts'

/** Everyone in the call, or only its host, moderators and presenters. */
const Many = z.enum(['everyone', 'presenters'])

/** What a meeting allows. */
export const MeetingPolicy = named(
  'MeetingPolicy',
  z.object({
    /** Who may join: whoever has the link, whoever is signed in, or those invited. */
    join: z.enum(['anyone', 'users', 'invited']),
    talk: Many,
    share: Many,
    chat: z.enum(['everyone', 'presenters', 'nobody']),
    /** Whether the call may begin without its host. */
    joinBeforeHost: z.boolean(),
    startMuted: z.boolean(),
    topology: z.enum(['auto', 'sfu']),
    /** The call ends after so many minutes. */
    maxMinutes: z.nullable(whole(5, 1440)),
    /** Hours after the call was over, or was to be over, in which one can still come back. */
    expiresAfterHours: whole(1, 8760),
    /** Days after its end until the meeting is deleted with all that belongs to it. */
    retentionDays: whole(1, 3650),
  }),
)
export type MeetingPolicy = z.infer<typeof MeetingPolicy>

/** What a meeting allows when nobody said anything else. */
export const DEFAULT_POLICY: MeetingPolicy = {
  join: 'anyone',
  talk: 'everyone',
  share: 'everyone',
  chat: 'everyone',
  joinBeforeHost: true,
  startMuted: false,
  topology: 'auto',
  maxMinutes: null,
  expiresAfterHours: 24,
  retentionDays: 90,
}

/** Some of the policy; the rest stays as it is. */
export const PolicyChange = z.partial(z.strictObject(MeetingPolicy.shape))
export type PolicyChange = z.infer<typeof PolicyChange>

import * as z from 'zod/mini'
import { named, whole } from '../shapes.ts'

/**
 * Everyone in the call; its members, that is, all but guests, who have neither an account nor an invitation; or only
 * its host, moderators and presenters.
 */
const Many = z.enum(['everyone', 'members', 'presenters'])

/** What a meeting allows. */
export const MeetingPolicy = named(
  'MeetingPolicy',
  z.object({
    /** Who may join: whoever has the link, whoever is signed in, or those invited. */
    join: z.enum(['anyone', 'users', 'invited']),
    /** Who may be heard, be seen, share a screen and write to the chat. */
    talk: Many,
    video: Many,
    share: Many,
    chat: z.enum(['everyone', 'members', 'presenters', 'nobody']),
    /** Who has to wait until somebody lets them in. Whoever is invited as a moderator never waits. */
    waitingRoom: z.enum(['nobody', 'guests', 'not_invited', 'everyone']),
    /** Who may lock the call and change what it allows while it is on. */
    settings: z.enum(['host', 'moderators']),
    /** Whether the call may begin without its host. */
    joinBeforeHost: z.boolean(),
    /** A scheduled meeting opens so many minutes before its start; null leaves it open all the time. */
    opensMinutesBefore: z.nullable(whole(0, 1440)),
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
  video: 'everyone',
  share: 'everyone',
  chat: 'everyone',
  waitingRoom: 'nobody',
  settings: 'moderators',
  joinBeforeHost: true,
  opensMinutesBefore: null,
  startMuted: false,
  topology: 'auto',
  maxMinutes: null,
  expiresAfterHours: 24,
  retentionDays: 90,
}

/** Some of the policy; the rest stays as it is. */
export const PolicyChange = z.partial(z.strictObject(MeetingPolicy.shape))
export type PolicyChange = z.infer<typeof PolicyChange>

import * as z from 'zod/mini'
import { MeetingPolicy } from './rest/policy.ts'
import { named } from './shapes.ts'

const { talk, video, share, chat, waitingRoom } = MeetingPolicy.shape
const settings = { locked: z.boolean(), talk, video, share, chat, waitingRoom }

/** What a call allows at this moment: the policy of its meeting, and what was changed since it began. */
export const CallSettings = named('CallSettings', z.object(settings))
export type CallSettings = z.infer<typeof CallSettings>

/** Some of them; the rest stays as it is. */
export const CallSettingsChange = z.partial(z.strictObject(settings))
export type CallSettingsChange = z.infer<typeof CallSettingsChange>

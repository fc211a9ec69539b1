import * as z from 'zod/mini'

/** What a person is in a call, the mightiest first. People who wait to be let in have no role yet. */
export const RoomRole = z.enum(['host', 'moderator', 'presenter', 'participant', 'guest', 'observer'])
export type RoomRole = z.infer<typeof RoomRole>

import * as z from 'zod/mini'
import { CallSettingsChange } from '../call-settings.ts'
import { Capability, GrantableCapability } from '../capability.ts'
import { defineFeatureContract } from '../contract.ts'
import { ParticipantId } from '../ids.ts'
import { RoomRole } from '../role.ts'
import { named } from '../shapes.ts'
import { DisplayName, lineOfText } from '../text.ts'
import { TrackSource } from '../track.ts'

const Reason = lineOfText(200)
const Device = z.enum(['microphone', 'camera'])

/** What a moderator did to the person who is told of it; `by` is the moderator's name. */
export const ModerationNote = named(
  'ModerationNote',
  z.discriminatedUnion('act', [
    /** What they sent from `source` is stopped; `lasting`: and they may not start again. */
    z.object({
      act: z.literal('stopped'),
      by: z.string(),
      source: TrackSource,
      lasting: z.boolean(),
    }),
    z.object({ act: z.literal('asked'), by: z.string(), device: Device }),
    z.object({ act: z.literal('handLowered'), by: z.string() }),
    z.object({ act: z.literal('renamed'), by: z.string(), name: z.string(), reason: z.string() }),
    z.object({ act: z.literal('roleGiven'), by: z.string(), role: RoomRole }),
    z.object({ act: z.literal('granted'), by: z.string(), capability: Capability }),
    z.object({ act: z.literal('withdrawn'), by: z.string(), capability: Capability }),
  ]),
)
export type ModerationNote = z.infer<typeof ModerationNote>

export const BanId = z.uuid().brand<'BanId'>()
export type BanId = z.infer<typeof BanId>

/** Somebody who may not come into a meeting. */
export const Ban = named(
  'Ban',
  z.object({
    id: BanId,
    /** As they were called when they were banned. */
    name: z.string(),
    hasAccount: z.boolean(),
    /** Whether everyone from their network is kept out with them. */
    network: z.boolean(),
    by: z.string(),
    at: z.iso.datetime(),
  }),
)
export type Ban = z.infer<typeof Ban>

const ACT = { burst: 30, perMinute: 120 }
const RARE = { burst: 6, perMinute: 20 }
const done = z.object({})

export const moderationContract = defineFeatureContract({
  snapshot: z.object({
    /** What was done to the joiner while their connection was lost. */
    missed: z.array(ModerationNote),
    /** What moderators stopped and the joiner has not started again since, whether a note of it arrived or not. */
    stopped: z.array(TrackSource),
  }),
  requests: {
    /** Mutes somebody, or stops their camera or share. Nobody can be unmuted by others. */
    'moderation.stop': {
      input: z.strictObject({
        participantId: ParticipantId,
        source: TrackSource,
        /** They may not start again until it is granted. */
        lasting: z.boolean(),
      }),
      output: done,
      limit: ACT,
    },
    /** Mutes everyone whom the caller can mute; `lasting` leaves the microphone to presenters. */
    'moderation.muteAll': { input: z.strictObject({ lasting: z.boolean() }), output: done, limit: RARE },
    /** Asks somebody to turn a device on. */
    'moderation.ask': {
      input: z.strictObject({ participantId: ParticipantId, device: Device }),
      output: done,
      limit: ACT,
    },
    'moderation.rename': {
      input: z.strictObject({ participantId: ParticipantId, name: DisplayName, reason: Reason }),
      output: done,
      limit: ACT,
    },
    /** Whoever was removed needs to be let in to come back. */
    'moderation.remove': {
      input: z.strictObject({ participantId: ParticipantId, reason: z.optional(Reason) }),
      output: done,
      limit: ACT,
    },
    /** Removes somebody for good; `network` keeps everyone from their network out too. */
    'moderation.ban': {
      input: z.strictObject({
        participantId: ParticipantId,
        network: z.boolean(),
        reason: z.optional(Reason),
      }),
      output: done,
      limit: ACT,
    },
    'moderation.listBans': {
      input: z.strictObject({}),
      output: z.object({ bans: z.array(Ban) }),
      limit: ACT,
    },
    'moderation.liftBan': { input: z.strictObject({ id: BanId }), output: done, limit: ACT },
    'moderation.sendToWaitingRoom': {
      input: z.strictObject({ participantId: ParticipantId }),
      output: done,
      limit: ACT,
    },
    /** Gives somebody a role below the caller's own. A host can make somebody else the host, and is a moderator then. */
    'moderation.giveRole': {
      input: z.strictObject({ participantId: ParticipantId, role: RoomRole }),
      output: done,
      limit: ACT,
    },
    /** Lets somebody do something, or no longer. Only what the caller may do. */
    'moderation.grant': {
      input: z.strictObject({
        participantId: ParticipantId,
        capability: GrantableCapability,
        allowed: z.boolean(),
      }),
      output: done,
      limit: ACT,
    },
    /** For this call; the meeting itself stays as it is. */
    'moderation.changeSettings': { input: CallSettingsChange, output: done, limit: ACT },
    /**
     * Locks the call, mutes all, leaves microphone, camera and screen to presenters, stops shares, closes the chat and
     * switches the waiting room on, in one.
     */
    'moderation.panic': { input: z.strictObject({}), output: done, limit: RARE },
    'moderation.end': { input: z.strictObject({}), output: done, limit: RARE },
  },
  notifications: {
    /** To the person whom it concerns. */
    'moderation.noted': ModerationNote,
  },
})

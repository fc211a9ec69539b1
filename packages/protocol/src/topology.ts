import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { ParticipantId } from './ids.ts'
import { list, listOf, named, text, whole } from './shapes.ts'
import { TrackSource } from './track.ts'

/** How media flows: over the link between two people, over links between each two of a few, or through the server. */
export const TopologyMode = z.enum(['direct', 'mesh', 'sfu'])
export type TopologyMode = z.infer<typeof TopologyMode>

/** Why media flows as it does. */
export const TopologyReason = z.enum([
  'few_people',
  'many_people',
  /** Of the server or the meeting. */
  'setting',
  /** A moderator stopped what somebody sends: only the server can hold it back. */
  'moderation',
  /** Somebody may only receive. */
  'receive_only',
  /** Somebody's client knows no links. */
  'no_links',
  'link_failed',
  /** A sender has too little CPU or bandwidth to send to each of the others. */
  'limited',
  'phone',
])
export type TopologyReason = z.infer<typeof TopologyReason>

/** The server's decision how media flows. */
export const TopologyState = named(
  'TopologyState',
  z.object({
    /** Counts the decisions that clients have to carry out. */
    epoch: z.int(),
    mode: TopologyMode,
    reason: TopologyReason,
    /** Until everyone has what they receive on the new way, the way before it goes on. */
    settled: z.boolean(),
  }),
)
export type TopologyState = z.infer<typeof TopologyState>

/** What a client says of itself when it joins. */
export const ClientTraits = z.strictObject({
  /** Whether it can hold links to other clients. */
  canLink: z.boolean(),
  isPhone: z.boolean(),
})
export type ClientTraits = z.infer<typeof ClientTraits>

/** Names one end of one link; a client that begins anew has another one. */
const LinkEnd = text(36)

/** What one end of a link tells the other. The server checks it and passes it on, to nobody else. */
export const LinkSignal = z.discriminatedUnion('type', [
  /** Of the end that makes no offers: there is a new link, or the path is lost. */
  z.strictObject({ type: z.literal('hello') }),
  z.strictObject({
    type: z.literal('description'),
    description: z.strictObject({ type: z.enum(['offer', 'answer']), sdp: text(24_000) }),
  }),
  z.strictObject({
    type: z.literal('candidates'),
    candidates: listOf(
      z.strictObject({
        candidate: text(400),
        sdpMid: z.nullable(text(16)),
        sdpMLineIndex: z.nullable(whole(0, 15)),
        usernameFragment: z.optional(z.nullable(text(256))),
      }),
      1,
      20,
    ),
  }),
  /**
   * The height in which each picture of the other end is shown, in device pixels; 0 for one that nobody sees. More
   * pictures a second than `maxFps` are of no use.
   */
  z.strictObject({
    type: z.literal('demand'),
    heights: list(
      z.strictObject({
        source: TrackSource,
        heightPx: whole(0, 10_000),
        maxFps: z.optional(whole(1, 60)),
      }),
      4,
    ),
  }),
])
export type LinkSignal = z.infer<typeof LinkSignal>

const ends = {
  /** The sender's end. */
  from: LinkEnd,
  /** The receiver's end, as far as the sender knows it. */
  to: z.nullable(LinkEnd),
}

export const topologyContract = defineContract({
  requests: {
    /** Everything that this client receives flows on the way that `epoch` decided. */
    'topology.ready': {
      input: z.strictObject({ epoch: z.int() }),
      output: z.object({}),
      limit: { burst: 20, perMinute: 60 },
    },
    /** Links are not for this client: one to somebody has failed, or sending to each of the others is too much. */
    'topology.report': {
      input: z.strictObject({
        problem: z.enum(['link_failed', 'limited']),
        participantId: z.optional(ParticipantId),
      }),
      output: z.object({}),
      limit: { burst: 10, perMinute: 20 },
    },
  },
  notifications: { 'topology.changed': TopologyState },
})

export const linkContract = defineContract({
  requests: {
    'link.signal': {
      input: z.strictObject({ participantId: ParticipantId, ends: z.strictObject(ends), signal: LinkSignal }),
      output: z.object({}),
      limit: { burst: 150, perMinute: 300 },
    },
  },
  notifications: {
    'link.signalled': z.object({ participantId: ParticipantId, ends: z.object(ends), signal: LinkSignal }),
  },
})

import * as z from 'zod/mini'
import { QualityLevel, QualityProblem } from '../features/stats.ts'
import { MeetingId } from '../ids.ts'
import { named } from '../shapes.ts'
import { TopologyMode, TopologyReason } from '../topology.ts'
import { pageOf, pageQuery } from './paging.ts'
import { UserId } from './people.ts'
import { defineRoute } from './route.ts'

/* What was reported is put together for each answer. */
const LIMIT = { burst: 20, perMinute: 60 }
const EXPORT_LIMIT = { burst: 5, perMinute: 10 }
const ACCESS = {
  callers: 'users',
  scope: 'meetings:read',
  object: { kind: 'meeting', rule: 'owner', param: 'id' },
} as const

const Time = z.iso.datetime()

/** The middle of what was measured, and the worst of it; null when nothing was. */
const Measured = z.nullable(z.object({ median: z.number(), worst: z.number() }))

/** How somebody was connected in a call, over all their stays, as their client reported it. */
export const PersonQuality = named(
  'PersonQuality',
  z.object({
    name: z.string(),
    userId: z.nullable(UserId),
    kind: z.enum(['user', 'guest']),
    /** Over which time it was measured. */
    seconds: z.int(),
    /** Of that, how long the connection was fair. */
    fairSeconds: z.int(),
    /** And how long it was poor or lost. */
    poorSeconds: z.int(),
    rttMs: Measured,
    jitterMs: Measured,
    /** From 0 to 1. */
    lossShare: Measured,
    /** On average. */
    sentKbps: z.int(),
    receivedKbps: z.int(),
    /** Most of the time, of the largest picture, in pixels. */
    sentHeight: z.nullable(z.int()),
    receivedHeight: z.nullable(z.int()),
    /** What was wrong, with for how many seconds; the longest comes first. */
    problems: z.array(z.object({ problem: QualityProblem, seconds: z.int() })),
    /** The longest time without a break in which the connection was poor or lost. */
    worstStretch: z.nullable(
      z.object({ from: Time, to: Time, level: QualityLevel, problem: z.nullable(QualityProblem) }),
    ),
    /** For how many seconds media took which way. */
    ways: z.object({ links: z.int(), sfu: z.int(), relayed: z.int(), tcp: z.int() }),
    /** How often media changed between links and the server. */
    switches: z.int(),
    /** How often the line was lost and came back. */
    reconnects: z.int(),
  }),
)
export type PersonQuality = z.infer<typeof PersonQuality>

const ofPerson = { at: Time, name: z.string() }

/** Something that bore on how people were connected. */
export const QualityEvent = named(
  'QualityEvent',
  z.discriminatedUnion('kind', [
    /** Media flows in another way; `from` is null for the first. */
    z.object({
      kind: z.literal('topology'),
      at: Time,
      from: z.nullable(TopologyMode),
      to: TopologyMode,
      reason: TopologyReason,
    }),
    /** Somebody's connection became poor. */
    z.object({ kind: z.literal('poor'), ...ofPerson, problem: z.nullable(QualityProblem) }),
    /** It is good enough again, after so long. */
    z.object({ kind: z.literal('recovered'), ...ofPerson, seconds: z.int() }),
    /** Somebody hears and sees less, as their network carries little or they chose so; then all again. */
    z.object({ kind: z.literal('saving'), ...ofPerson }),
    z.object({ kind: z.literal('saving_ended'), ...ofPerson, seconds: z.int() }),
    /** Somebody's line is lost; their seat is held. */
    z.object({ kind: z.literal('away'), ...ofPerson }),
    z.object({ kind: z.literal('back'), ...ofPerson, seconds: z.int() }),
    /** Their line did not come back in time. */
    z.object({ kind: z.literal('gone'), ...ofPerson, seconds: z.int() }),
    /** The part of the server that passes media on had to be replaced. */
    z.object({ kind: z.literal('media_replaced'), at: Time }),
    /** So much happened that no more was kept of this call. */
    z.object({ kind: z.literal('full'), at: Time }),
  ]),
)
export type QualityEvent = z.infer<typeof QualityEvent>

/** How a call went. */
export const CallQuality = named(
  'CallQuality',
  z.object({
    /** Of the first measurement. */
    startedAt: Time,
    /** Of the last one. */
    endedAt: Time,
    /** In order of their first report. */
    people: z.array(PersonQuality),
    /** The oldest first. */
    events: z.array(QualityEvent),
  }),
)
export type CallQuality = z.infer<typeof CallQuality>

export const listQuality = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/quality',
  summary: 'List how everyone was connected in each call, latest first',
  tag: 'meetings',
  access: ACCESS,
  params: z.object({ id: MeetingId }),
  query: z.object(pageQuery),
  response: pageOf(CallQuality),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: LIMIT,
})

export const exportQuality = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/quality/export',
  summary: 'Read how everyone was connected in the last calls as CSV, without formulas',
  tag: 'meetings',
  access: ACCESS,
  params: z.object({ id: MeetingId }),
  response: z.string(),
  produces: 'text/csv',
  filename: 'connections.csv',
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: EXPORT_LIMIT,
})

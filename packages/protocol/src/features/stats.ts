import * as z from 'zod/mini'
import { defineFeatureContract } from '../contract.ts'
import { named, whole } from '../shapes.ts'

export const QualityLevel = z.enum(['good', 'fair', 'poor', 'lost'])
export type QualityLevel = z.infer<typeof QualityLevel>

/** What is wrong with a connection. */
export const QualityProblem = z.enum([
  'loss',
  'delay',
  'jitter',
  'freezes',
  'gaps',
  'bandwidth',
  'cpu',
  'silence',
  'away',
])
export type QualityProblem = z.infer<typeof QualityProblem>

const Milliseconds = z.nullable(whole(0, 60_000))
const Kbps = whole(0, 1_000_000)
const PictureHeight = z.nullable(whole(0, 10_000))

/** How a client was connected over some seconds; null where nothing is known. */
export const StatsReport = named(
  'StatsReport',
  z.strictObject({
    seconds: whole(1, 60),
    level: QualityLevel,
    problem: z.nullable(QualityProblem),
    rttMs: Milliseconds,
    jitterMs: Milliseconds,
    /** Of a thousand packets. */
    lossPermille: z.nullable(whole(0, 1000)),
    sentKbps: Kbps,
    receivedKbps: Kbps,
    /** Of the largest picture, in pixels; null when there is none. */
    sentHeight: PictureHeight,
    receivedHeight: PictureHeight,
    /** Over links to the others, through the server, or nothing at all. */
    way: z.enum(['links', 'sfu', 'none']),
    relayed: z.boolean(),
    protocol: z.nullable(z.enum(['udp', 'tcp', 'tls'])),
    /** Sound first, and one picture at most: chosen, or proposed while the network carried hardly anything. */
    saving: z.boolean(),
  }),
)
export type StatsReport = z.infer<typeof StatsReport>

export const statsContract = defineFeatureContract({
  snapshot: z.object({}),
  requests: {
    /** How this client was connected since its last report: kept for the owner of the meeting. */
    'stats.report': { input: StatsReport, output: z.object({}), limit: { burst: 3, perMinute: 8 } },
  },
  notifications: {},
})

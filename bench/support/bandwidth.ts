import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../../e2e/support/person.ts'
import { type CallWay, flowAt, inScene, watchBoth } from './fault-scene.ts'
import type { FaultResult } from './figures.ts'
import { longestGap } from './flow-times.ts'
import { bitrates, reachedAt, type Sample, steadyRate } from './rates.ts'

/** A line that has less room for a while, and then as much as before. */
export interface Narrowing {
  readonly fault: string
  readonly way: CallWay
  readonly wide: number
  readonly narrow: number
  /** Bits in a second of the largest layer that goes through a narrow line. */
  readonly fits: number
  readonly goals: { readonly freezeMs: number; readonly downMs: number; readonly upMs: number }
}

/** Large enough for three simulcast layers, small enough for two cores. */
const CAMERA = { width: 960, height: 540, framesPerSecond: 15 }
const WIDE_FOR_MS = 20_000
const NARROW_FOR_MS = 30_000
const WIDE_AGAIN_FOR_MS = 40_000

/** Narrows a line and widens it, and tells how soon the picture is as good as it can be. */
export function measureNarrowing({ fault, way, wide, narrow, fits, goals }: Narrowing): Promise<FaultResult> {
  return inScene({ way, camera: CAMERA }, async (scene) => {
    const { ben, line } = scene
    line.limit(wide)
    await watchBoth(scene)
    await sampleRates(ben)
    await delay(WIDE_FOR_MS)
    const narrowedAt = Date.now()
    line.limit(narrow)
    await delay(NARROW_FOR_MS)
    const widenedAt = Date.now()
    line.limit(wide)
    await delay(WIDE_AGAIN_FOR_MS)
    const end = Date.now()
    const samples = await ben.page.evaluate(() => window.rateSamples)
    const { pictures } = await flowAt(ben)
    const rates = bitrates(samples)
    const [before, within] = [steadyRate(rates, narrowedAt), steadyRate(rates, widenedAt)]
    if (process.env['TALK'])
      for (const { at, height } of samples)
        console.error(
          at - narrowedAt,
          height,
          Math.round((rates.find((it) => it.at === at)?.bits ?? 0) / 1000),
        )
    return {
      fault,
      way,
      figures: [
        { what: 'kbit/s before', value: before / 1000, unit: '' },
        { what: 'kbit/s while it is narrow', value: within / 1000, unit: '' },
        { what: 'kbit/s at the end', value: steadyRate(rates, end) / 1000, unit: '' },
        {
          what: 'longest time without picture, narrower',
          value: longestGap(pictures, narrowedAt, widenedAt),
          unit: 'ms',
          most: goals.freezeMs,
        },
        {
          what: '90 % of what fits after',
          value: reachedAt(rates, { level: 0.9 * fits, from: narrowedAt }) - narrowedAt,
          unit: 'ms',
          most: goals.downMs,
        },
        {
          what: 'of what fits missing in the end',
          value: 100 * Math.max(0, 1 - within / fits),
          unit: '%',
          most: 10,
        },
        {
          what: 'longest time without picture, wider',
          value: longestGap(pictures, widenedAt, end),
          unit: 'ms',
          most: goals.freezeMs,
        },
        {
          what: '90 % of before after',
          value: reachedAt(rates, { level: 0.9 * before, from: widenedAt }) - widenedAt,
          unit: 'ms',
          most: goals.upMs,
        },
      ],
    }
  })
}

declare global {
  interface Window {
    rateSamples: Sample[]
  }
}

async function sampleRates({ page }: Person): Promise<void> {
  await page.evaluate(() => {
    const SAMPLE_MS = 200
    window.rateSamples = []
    const sample = async () => {
      let [bytes, height] = [0, 0]
      for (const connection of window.probe.connections) {
        if (connection.connectionState === 'closed') continue
        const reports = (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats>
        for (const report of reports) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'video') continue
          bytes += report.bytesReceived ?? 0
          height = Math.max(height, report.frameHeight ?? 0)
        }
      }
      window.rateSamples.push({ at: Date.now(), bytes, height })
    }
    setInterval(() => void sample(), SAMPLE_MS)
  })
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Person } from '../../e2e/support/person.ts'
import { type CallWay, flowAt, inScene, watchBoth } from './fault-scene.ts'
import type { FaultResult } from './figures.ts'
import { longestGap } from './flow-times.ts'

/** Packets that get lost on the way to one person. */
export interface Loss {
  readonly fault: string
  readonly way: CallWay
  readonly percent: number
  /** To the server and back; a direct call has none. */
  readonly roundTripMs: number
  readonly goals: { readonly concealed: number; readonly freezeMs: number }
}

interface Received {
  readonly samples: number
  readonly concealed: number
  readonly freezes: number
  readonly frozenS: number
}

const LOSE_FOR_MS = 30_000

/** Loses packets for a while, and tells what of the sound was made up and how the picture stood still. */
export function measureLoss({ fault, way, percent, roundTripMs, goals }: Loss): Promise<FaultResult> {
  return inScene({ way, roundTripMs }, async (scene) => {
    await watchBoth(scene)
    const before = await receivedBy(scene.ben)
    const from = Date.now()
    scene.line.lose(percent)
    await delay(LOSE_FOR_MS)
    const after = await receivedBy(scene.ben)
    const { pictures, sounds } = await flowAt(scene.ben)
    const to = Date.now()
    scene.line.mend()
    const grown = (what: keyof Received) => after[what] - before[what]
    return {
      fault,
      way,
      figures: [
        {
          what: 'of the sound made up',
          value: (100 * grown('concealed')) / grown('samples'),
          unit: '%',
          most: goals.concealed,
        },
        { what: 'longest time without sound', value: longestGap(sounds, from, to), unit: 'ms' },
        {
          what: 'longest time without picture',
          value: longestGap(pictures, from, to),
          unit: 'ms',
          most: goals.freezeMs,
        },
        { what: 'freezes', value: grown('freezes'), unit: '' },
        { what: 'of the time frozen', value: (100_000 * grown('frozenS')) / LOSE_FOR_MS, unit: '%' },
      ],
    }
  })
}

/** Of all that ever came in at this page. */
async function receivedBy({ page }: Person): Promise<Received> {
  return await page.evaluate(async () => {
    const sum = { samples: 0, concealed: 0, freezes: 0, frozenS: 0 }
    for (const connection of window.probe.connections) {
      if (connection.connectionState === 'closed') continue
      const reports = (await connection.getStats()).values() as Iterable<RTCInboundRtpStreamStats>
      for (const report of reports) {
        if (report.type !== 'inbound-rtp') continue
        sum.samples += report.totalSamplesReceived ?? 0
        sum.concealed += report.concealedSamples ?? 0
        sum.freezes += report.freezeCount ?? 0
        sum.frozenS += report.totalFreezesDuration ?? 0
      }
    }
    return sum
  })
}

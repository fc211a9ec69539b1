import { delay } from '../core/abort.ts'
import { readPath } from '../stats/path-stats.ts'
import { compareReceived, type ReceivedCounters, readReceived } from '../stats/received-stats.ts'
import { compareSent, readSent, type SentCounters } from '../stats/sent-stats.ts'
import { readEntries } from '../stats/stats-entry.ts'
import type { Echo, EchoPath } from '../topology/sfu/echo-path.ts'
import type { Bandwidth } from './check-view.ts'
import type { EchoProbe } from './connection-check.ts'
import { openTestPicture } from './test-media.ts'

const LOOK_EVERY_MS = 50
const MAX_BITRATE_BPS = 2_500_000
/** Browsers find out slowly what a path carries, Firefox most of all. */
const WINDOW_MS = 1500
const MAX_WINDOWS = 8
/** With so much there is nothing more to find out. */
const PLENTY_BPS = 2_000_000
/** From one look to the next. */
const GROWTH = 1.02

/** Tries an open path with media that is made here. */
export function createEchoProbe(path: EchoPath): EchoProbe {
  return {
    async arrives(signal) {
      // No sound: without a loudspeaker a browser makes none.
      const picture = openTestPicture()
      try {
        const { receiver } = await path.send(picture.track)
        while (!signal.aborted && !(readReceived((await readEntries(receiver)) ?? [])?.packets ?? 0))
          await delay(LOOK_EVERY_MS, signal)
      } finally {
        picture.stop()
      }
    },
    async measure(signal) {
      const picture = openTestPicture()
      try {
        const echo = await path.send(picture.track, MAX_BITRATE_BPS)
        let best: Bandwidth | null = null
        let before = await read(echo)
        for (let window = 0; window < MAX_WINDOWS && leastOf(best) < PLENTY_BPS; window += 1) {
          await delay(WINDOW_MS, signal)
          const now = await read(echo)
          best = better(best, compare(before, now))
          before = now
        }
        return best ?? compare(before, before)
      } finally {
        picture.stop()
      }
    },
    close: () => path.close(),
  }
}

/** The one of which more came, and whether it is the later one by far. */
function better(best: Bandwidth | null, now: Bandwidth): Bandwidth {
  if (best && leastOf(now) < leastOf(best)) return { ...best, growing: false }
  return { ...now, growing: leastOf(now) > leastOf(best) * GROWTH }
}

function leastOf(bandwidth: Bandwidth | null): number {
  return bandwidth === null ? 0 : Math.min(bandwidth.upBps, bandwidth.downBps)
}

interface Reading {
  readonly sent: SentCounters | null
  readonly received: ReceivedCounters | null
  readonly rttMs: number | null
}

async function read({ sender, receiver }: Echo): Promise<Reading> {
  const [out, back] = await Promise.all([readEntries(sender), readEntries(receiver)])
  const sent = readSent(out ?? [])
  return {
    sent,
    received: readReceived(back ?? []),
    rttMs: readPath(out ?? [])?.rttMs ?? sent?.rttMs ?? null,
  }
}

function compare(before: Reading, now: Reading): Bandwidth {
  const received = compareReceived(before.received, now.received)
  return {
    upBps: compareSent(before.sent, now.sent)?.bitrateBps ?? 0,
    downBps: received?.bitrateBps ?? 0,
    lossShare: received?.lossShare ?? 0,
    rttMs: now.rttMs,
    growing: false,
  }
}

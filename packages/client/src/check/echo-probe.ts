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
/** The encoder climbs, and the path is found out; then it counts. */
const CLIMB_MS = 3000
const COUNTED_MS = 3000

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
        await delay(CLIMB_MS, signal)
        const before = await read(echo)
        await delay(COUNTED_MS, signal)
        return compare(before, await read(echo))
      } finally {
        picture.stop()
      }
    },
    close: () => path.close(),
  }
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
  }
}

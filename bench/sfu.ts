/*
 * What our server adds to the cost of forwarding a packet: the same people in the same worker, once through the whole
 * server and once through a script that does nothing but connect them. By turns: floor, product, product, floor.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { cleanup } from 'node-datachannel'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { consumersOf, type SfuSubject, startSubject, sum } from './support/sfu-subject.ts'
import { table } from './support/table.ts'
import { conclude, measureByTurns, medianOf, type Side, type Turns } from './support/turns.ts'

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 10)
const BLOCKS = Number(process.env['BENCH_BLOCKS'] ?? 3)
const WARM_UP_MS = 3000
const WINDOW_MS = 10_000
/** Our server is no part of the media's path, so it may add nothing but noise. */
const GOAL_RATIO = 1.02
/** Of the packets that should have arrived; with fewer the block says nothing. */
const LEAST_DELIVERED = 0.995

/** Microseconds of CPU per forwarded packet. */
interface Cost {
  readonly worker: number
  readonly node: number
  readonly delivered: number
}

report(
  await measureByTurns(BLOCKS, {
    measure,
    valueOf: ({ worker }) => worker,
    isGood: ({ delivered }) => delivered >= LEAST_DELIVERED,
  }),
)

// Threads of the scripted peers would keep this process alive.
cleanup()

async function measure(side: Side): Promise<Cost> {
  const subject = await startSubject(side)
  const peers: ScriptedPeer[] = []
  try {
    const code = await subject.openMeeting()
    for (let n = 0; n < PEOPLE; n += 1) {
      const peer = await ScriptedPeer.connect(subject.url)
      peers.push(peer)
      await peer.join({ code, name: `Person ${n}` })
      await peer.publish()
    }
    for (const peer of peers) await peer.receive(await consumersOf(peer, (PEOPLE - 1) * 2))
    await delay(WARM_UP_MS)
    return await sample(peers, subject)
  } finally {
    for (const peer of peers) peer.close()
    await subject.close()
  }
}

async function sample(peers: readonly ScriptedPeer[], subject: SfuSubject): Promise<Cost> {
  const look = () => ({
    ...subject.cpu(),
    sent: sum(peers.map(({ packetsSent }) => packetsSent)),
    received: sum(peers.flatMap(({ packets }) => [...packets.values()])),
  })
  const before = look()
  await delay(WINDOW_MS)
  const after = look()
  const forwarded = after.received - before.received
  return {
    worker: ((after.worker - before.worker) * 1000) / forwarded,
    node: ((after.node - before.node) * 1000) / forwarded,
    delivered: forwarded / ((after.sent - before.sent) * (PEOPLE - 1)),
  }
}

function report(turns: Turns<Cost>): void {
  const row = (side: Side) => [
    side,
    `${medianOf(turns.costs[side], ({ worker }) => worker).toFixed(2)} µs`,
    `${medianOf(turns.costs[side], ({ node }) => node).toFixed(2)} µs`,
    `${(medianOf(turns.costs[side], ({ delivered }) => delivered) * 100).toFixed(2)} %`,
  ]
  console.log(`CPU per forwarded packet, ${PEOPLE} people who all send and receive, ${BLOCKS} blocks\n`)
  console.log(table([['', 'worker', 'node', 'delivered'], row('floor'), row('product')]))
  conclude(turns, {
    what: 'worker, product over floor',
    goal: GOAL_RATIO,
    about: { metric: 'sfu', people: PEOPLE },
  })
}

/*
 * What our server adds to the cost of forwarding a packet: the same people in the same worker, once through the whole
 * server and once through a script that does nothing but connect them. By turns: floor, product, product, floor.
 */
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { consumersOf, type SfuSubject, startSubject, type SubjectName, sum } from './support/sfu-subject.ts'
import { type Block, percentile, ratioOf, verdictOf } from './support/statistics.ts'
import { table } from './support/table.ts'

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

const blocks: Block[] = []
const costs: Record<SubjectName, Cost[]> = { product: [], floor: [] }
let voided = 0
while (blocks.length < BLOCKS && voided <= BLOCKS) {
  const block = { product: [] as number[], floor: [] as number[] }
  let isGood = true
  for (const name of ['floor', 'product', 'product', 'floor'] as const) {
    const cost = await measure(name)
    isGood &&= cost.delivered >= LEAST_DELIVERED
    block[name].push(cost.worker)
    costs[name].push(cost)
  }
  if (isGood) blocks.push(block)
  else voided += 1
}
report()

async function measure(name: SubjectName): Promise<Cost> {
  const subject = await startSubject(name)
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

function report(): void {
  const us = (value: number) => `${value.toFixed(2)} µs`
  const row = (name: SubjectName) => [
    name,
    us(
      percentile(
        costs[name].map(({ worker }) => worker),
        0.5,
      ),
    ),
    us(
      percentile(
        costs[name].map(({ node }) => node),
        0.5,
      ),
    ),
    `${(
      percentile(
        costs[name].map(({ delivered }) => delivered),
        0.5,
      ) * 100
    ).toFixed(2)} %`,
  ]
  console.log(`CPU per forwarded packet, ${PEOPLE} people who all send and receive, ${BLOCKS} blocks\n`)
  console.log(table([['', 'worker', 'node', 'delivered'], row('floor'), row('product')]))
  const ratio = blocks.length > 0 ? ratioOf(blocks, 0.5) : null
  const load = `load ${loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')} on ${availableParallelism()} cores`
  if (ratio) {
    const { value, low, high } = ratio
    const verdict = verdictOf(ratio, GOAL_RATIO, blocks.length)
    console.log(`\nworker, product over floor: ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`)
    console.log(`goal: at most ${GOAL_RATIO}: ${verdict}; ${voided} blocks void; ${load}\n`)
  } else console.log(`\nno block delivered ${LEAST_DELIVERED * 100} % of its packets; ${load}\n`)
  console.log(JSON.stringify({ metric: 'sfu', people: PEOPLE, goal: GOAL_RATIO, ratio, voided, costs }))
}

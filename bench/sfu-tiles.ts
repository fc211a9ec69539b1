/*
 * M5: what it costs the SFU to forward what people see, and not everything: a room of ten, three of whom talk. Each sees
 * four of the others, one of them large; the others' pictures are hidden. Beside it the same room where everyone is sent
 * everyone's largest picture. By turns: everything, visible, visible, everything.
 */
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { TICK_MS } from '../apps/server/test/lib/scripted-sources.ts'
import { consumersOf, type SfuSubject, startSubject, sum } from './support/sfu-subject.ts'
import { packetRateOf } from './support/simulcast-camera.ts'
import { type Block, percentile, ratioOf, verdictOf } from './support/statistics.ts'
import { table } from './support/table.ts'
import { SECOND_OF_VOICE, TilesPeer } from './support/tiles-peer.ts'

const PEOPLE = 10
const BLOCKS = Number(process.env['BENCH_BLOCKS'] ?? 3)
/** What everyone is sent of everyone when it is not looked at what they see. */
const EVERYTHING = Number(process.env['BENCH_LAYER'] ?? 2)
const LARGE = 2
const SMALL = 0
const VISIBLE = 4
const TALKING = 3
/** Senders are told after three seconds that less is enough. */
const WARM_UP_MS = 8000
const WINDOW_MS = 10_000
const GOAL_RATIO = 0.4
/** Of the packets that are to arrive, how many may be missing or too many; else the block says nothing. */
const TOLERANCE = 0.02

const POLICIES = {
  visible: (viewer: number, sender: number) => {
    const place = othersOf(viewer).indexOf(sender)
    if (place >= VISIBLE) return null
    return place === 0 ? LARGE : SMALL
  },
  everything: () => EVERYTHING,
} as const
type Policy = keyof typeof POLICIES

interface Cost {
  /** Share of a core for each person in the room. */
  readonly worker: number
  readonly node: number
  /** Packets that people received in a second, all together. */
  readonly packets: number
  /** Of those that they should have received. */
  readonly delivered: number
}

const blocks: Block[] = []
const costs: Record<Policy, Cost[]> = { visible: [], everything: [] }
let voided = 0
while (blocks.length < BLOCKS && voided <= BLOCKS) {
  const block = { product: [] as number[], floor: [] as number[] }
  let isGood = true
  for (const policy of ['everything', 'visible', 'visible', 'everything'] as const) {
    const cost = await measure(policy)
    isGood &&= Math.abs(cost.delivered - 1) <= TOLERANCE
    block[policy === 'visible' ? 'product' : 'floor'].push(cost.worker)
    costs[policy].push(cost)
    process.stderr.write('.')
  }
  if (isGood) blocks.push(block)
  else voided += 1
}
process.stderr.write('\n')
report()

async function measure(policy: Policy): Promise<Cost> {
  const subject = await startSubject('product')
  const peers: TilesPeer[] = []
  try {
    const code = await subject.openMeeting()
    for (let n = 0; n < PEOPLE; n += 1) {
      const peer = new TilesPeer(await ScriptedPeer.connect(subject.url), n < TALKING)
      peers.push(peer)
      await peer.join(code, `Person ${n}`)
    }
    const ids = peers.map(({ peer }) => peer.joined.participantId)
    for (const [viewer, { peer }] of peers.entries()) {
      const consumers = await consumersOf(peer, (PEOPLE - 1) * 2)
      await peer.receive(consumers)
      const layers = consumers
        .filter(({ source }) => source === 'camera')
        .map(({ id, participantId }) => ({
          consumerId: id,
          spatialLayer: POLICIES[policy](viewer, ids.indexOf(participantId)),
        }))
      await peer.request('sfu.setLayers', { layers })
    }
    await delay(WARM_UP_MS)
    return await sample(policy, peers, subject)
  } finally {
    for (const peer of peers) peer.close()
    await subject.close()
  }
}

async function sample(policy: Policy, peers: readonly TilesPeer[], subject: SfuSubject): Promise<Cost> {
  const look = () => ({
    ...subject.cpu(),
    at: performance.now(),
    ticks: sum(peers.map(({ ticks }) => ticks)) / PEOPLE,
    received: sum(peers.flatMap(({ peer }) => [...peer.packets.values()])),
  })
  const before = look()
  await delay(WINDOW_MS)
  const after = look()
  const ms = after.at - before.at
  const received = after.received - before.received
  const seconds = ((after.ticks - before.ticks) * TICK_MS) / 1000
  return {
    worker: (after.worker - before.worker) / ms / PEOPLE,
    node: (after.node - before.node) / ms / PEOPLE,
    packets: (received * 1000) / ms,
    delivered: received / expected(policy) / seconds,
  }
}

/** Packets that all people together should receive in a second. */
function expected(policy: Policy): number {
  const everyone = Array.from({ length: PEOPLE }, (_, n) => n)
  const pictures = everyone.flatMap((viewer) =>
    othersOf(viewer).map((sender) => packetRateOf(POLICIES[policy](viewer, sender) ?? -1)),
  )
  const voices = everyone.map((n) => (n < TALKING ? SECOND_OF_VOICE.talking : SECOND_OF_VOICE.silent))
  return sum(pictures) + sum(voices) * (PEOPLE - 1)
}

function othersOf(viewer: number): number[] {
  return Array.from({ length: PEOPLE }, (_, n) => n).filter((n) => n !== viewer)
}

function report(): void {
  const row = (policy: Policy) => {
    const median = (of: (cost: Cost) => number) => percentile(costs[policy].map(of), 0.5)
    return [
      policy,
      `${(median(({ worker }) => worker) * 100).toFixed(2)} %`,
      `${(median(({ node }) => node) * 100).toFixed(2)} %`,
      median(({ packets }) => packets).toFixed(0),
      `${(median(({ delivered }) => delivered) * 100).toFixed(1)} %`,
    ]
  }
  console.log(`CPU of a core for each person in a room of ${PEOPLE}, ${BLOCKS} blocks\n`)
  console.log(table([['', 'worker', 'node', 'packets/s', 'delivered'], row('everything'), row('visible')]))
  const ratio = blocks.length > 0 ? ratioOf(blocks, 0.5) : null
  const load = `load ${loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')} on ${availableParallelism()} cores`
  if (ratio) {
    const { value, low, high } = ratio
    const verdict = verdictOf(ratio, GOAL_RATIO, blocks.length)
    console.log(
      `\nworker, visible over everything: ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
    )
    console.log(`goal: at most ${GOAL_RATIO}: ${verdict}; ${voided} blocks void; ${load}\n`)
  } else console.log(`\nno block delivered what it should; ${load}\n`)
  console.log(
    JSON.stringify({ metric: 'sfu-tiles', layer: EVERYTHING, goal: GOAL_RATIO, ratio, voided, costs }),
  )
}

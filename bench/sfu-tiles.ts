/*
 * M5: what it costs the SFU to forward what people see, and not everything: a room of ten, three of whom talk. Each sees
 * four of the others, one of them large; the others' pictures are hidden. Beside it the same room where everyone is sent
 * everyone's largest picture. By turns: everything (the floor), visible, visible, everything.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { cleanup } from 'node-datachannel'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { TICK_MS } from '../apps/server/test/lib/scripted-sources.ts'
import { consumersOf, type SfuSubject, startSubject, sum } from './support/sfu-subject.ts'
import { packetRateOf } from './support/simulcast-camera.ts'
import { table } from './support/table.ts'
import { SECOND_OF_VOICE, TilesPeer } from './support/tiles-peer.ts'
import { conclude, measureByTurns, medianOf, type Side, type Turns } from './support/turns.ts'

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
const POLICY_OF: Readonly<Record<Side, Policy>> = { product: 'visible', floor: 'everything' }

interface Cost {
  /** Share of a core for each person in the room. */
  readonly worker: number
  readonly node: number
  /** Packets that people received in a second, all together. */
  readonly packets: number
  /** Of those that they should have received. */
  readonly delivered: number
}

report(
  await measureByTurns(BLOCKS, {
    measure: (side) => measure(POLICY_OF[side]),
    valueOf: ({ worker }) => worker,
    isGood: ({ delivered }) => Math.abs(delivered - 1) <= TOLERANCE,
  }),
)

// Threads of the scripted peers would keep this process alive.
cleanup()

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

function report(turns: Turns<Cost>): void {
  const row = (side: Side) => {
    const median = (of: (cost: Cost) => number) => medianOf(turns.costs[side], of)
    return [
      POLICY_OF[side],
      `${(median(({ worker }) => worker) * 100).toFixed(2)} %`,
      `${(median(({ node }) => node) * 100).toFixed(2)} %`,
      median(({ packets }) => packets).toFixed(0),
      `${(median(({ delivered }) => delivered) * 100).toFixed(1)} %`,
    ]
  }
  console.log(`CPU of a core for each person in a room of ${PEOPLE}, ${BLOCKS} blocks\n`)
  console.log(table([['', 'worker', 'node', 'packets/s', 'delivered'], row('floor'), row('product')]))
  conclude(turns, {
    what: 'worker, visible over everything',
    goal: GOAL_RATIO,
    about: { metric: 'sfu-tiles', layer: EVERYTHING },
  })
}

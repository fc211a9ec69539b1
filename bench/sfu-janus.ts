/*
 * M5b: what our SFU needs to forward a packet, beside Janus' video room as Debian has it: the same people, who all send
 * and receive, and the same packets. By turns: Janus, ours, ours, Janus. Where there is no Janus nothing is measured.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { cleanup } from 'node-datachannel'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { canMakeNetworks, commandQuietly, ip } from '../e2e/support/net-commands.ts'
import { JanusPeer } from './support/janus-peer.ts'
import { hasJanus, Janus } from './support/janus.ts'
import { consumersOf, startSubject, sum } from './support/sfu-subject.ts'
import { table } from './support/table.ts'
import { conclude, measureByTurns, medianOf, type Side, type Turns } from './support/turns.ts'

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 10)
const BLOCKS = Number(process.env['BENCH_BLOCKS'] ?? 3)
const WARM_UP_MS = 3000
const WINDOW_MS = 10_000
const GOAL_RATIO = 0.75
const LEAST_DELIVERED = 0.995
/** What both take when a client offers it, as this one does; another one costs otherwise. */
const SUITE = 'AEAD_AES_256_GCM'
const ROOM = 1
/** Janus does not use the loopback: a cable with both ends here. */
const CABLE = { network: `vmj${process.pid}`, other: `vmk${process.pid}`, address: '10.213.8.1' }

interface Cost {
  /** Microseconds of CPU per forwarded packet. */
  readonly cpu: number
  readonly delivered: number
}

/** What is measured of a room in which everyone receives everyone. */
interface Counters {
  readonly cpu: () => number
  readonly sent: () => number
  readonly received: () => number
}

if (!hasJanus()) console.log('There is no Janus here (apt-get install janus): nothing to compare with.')
else if (!canMakeNetworks)
  console.log('Janus needs a network of its own, which root makes: nothing to compare with.')
else await compare()
// Threads of the scripted peers would keep this process alive.
cleanup()

async function compare(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  ip('link', 'add', CABLE.network, 'type', 'veth', 'peer', CABLE.other)
  stack.defer(() => commandQuietly('ip', 'link', 'del', CABLE.network))
  ip('address', 'add', `${CABLE.address}/24`, 'dev', CABLE.network)
  for (const end of [CABLE.network, CABLE.other]) ip('link', 'set', end, 'up')

  report(
    await measureByTurns(BLOCKS, {
      measure: (side) => (side === 'product' ? measureOurs() : measureJanus()),
      valueOf: ({ cpu }) => cpu,
      isGood: ({ delivered }) => delivered >= LEAST_DELIVERED,
    }),
  )
}

async function measureOurs(): Promise<Cost> {
  await using stack = new AsyncDisposableStack()
  const subject = stack.adopt(await startSubject('product', CABLE.address), (it) => it.close())
  const code = await subject.openMeeting()
  const peers: ScriptedPeer[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    const peer = stack.adopt(await ScriptedPeer.connect(subject.url), (it) => it.close())
    peers.push(peer)
    await peer.join({ code, name: `Person ${n}` })
    await peer.publish()
  }
  for (const peer of peers) await peer.receive(await consumersOf(peer, (PEOPLE - 1) * 2))
  return await sample({
    cpu: () => subject.cpu().worker,
    sent: () => sum(peers.map(({ packetsSent }) => packetsSent)),
    received: () => sum(peers.flatMap(({ packets }) => [...packets.values()])),
  })
}

async function measureJanus(): Promise<Cost> {
  await using stack = new AsyncDisposableStack()
  const janus = stack.adopt(await Janus.start(CABLE.network), (it) => it.close())
  await janus.message(await janus.attach(), { request: 'create', room: ROOM, publishers: PEOPLE, bitrate: 0 })
  const peers: JanusPeer[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    const peer = stack.adopt(new JanusPeer(janus, ROOM), (it) => it.close())
    peers.push(peer)
    await peer.publish()
  }
  for (const peer of peers) await peer.receive(peers.filter((it) => it !== peer).map(({ feed }) => feed))
  for (const { handle } of peers)
    if (!(await janus.describe(handle)).includes(SUITE)) throw new Error(`Janus does not use ${SUITE}`)
  return await sample({
    cpu: () => janus.cpu(),
    sent: () => sum(peers.map(({ packetsSent }) => packetsSent)),
    received: () => sum(peers.map(({ packetsReceived }) => packetsReceived)),
  })
}

async function sample(counters: Counters): Promise<Cost> {
  const look = () => ({ cpu: counters.cpu(), sent: counters.sent(), received: counters.received() })
  await delay(WARM_UP_MS)
  const before = look()
  await delay(WINDOW_MS)
  const after = look()
  const forwarded = after.received - before.received
  return {
    cpu: ((after.cpu - before.cpu) * 1000) / forwarded,
    delivered: forwarded / ((after.sent - before.sent) * (PEOPLE - 1)),
  }
}

function report(turns: Turns<Cost>): void {
  const row = (name: string, side: Side) => [
    name,
    `${medianOf(turns.costs[side], ({ cpu }) => cpu).toFixed(2)} µs`,
    `${(medianOf(turns.costs[side], ({ delivered }) => delivered) * 100).toFixed(2)} %`,
  ]
  console.log(`CPU per forwarded packet, ${PEOPLE} people who all send and receive, ${BLOCKS} blocks\n`)
  console.log(table([['', 'CPU', 'delivered'], row('Janus', 'floor'), row('Video Meet', 'product')]))
  conclude(turns, {
    what: 'ours over Janus',
    goal: GOAL_RATIO,
    about: { metric: 'sfu-janus', people: PEOPLE },
  })
}

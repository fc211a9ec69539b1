/*
 * What our server adds to the cost of forwarding a packet: the same people in the same worker, once through the whole
 * server and once through a script that does nothing but connect them. By turns: floor, product, product, floor.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreatedMeeting, type MeetingCode } from '@video-meet/protocol'
import { freePort } from '../apps/server/test/lib/free-port.ts'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { childrenOf, cpuOf } from './support/process-cpu.ts'
import { type Block, percentile, ratioOf } from './support/statistics.ts'
import { table } from './support/table.ts'

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 10)
const BLOCKS = Number(process.env['BENCH_BLOCKS'] ?? 3)
const WARM_UP_MS = 3000
const WINDOW_MS = 10_000
/** Our server is no part of the media's path, so it may add nothing but noise. */
const GOAL_RATIO = 1.02
/** Of the packets that should have arrived; with fewer the block says nothing. */
const LEAST_DELIVERED = 0.995

interface Subject {
  readonly name: 'product' | 'floor'
  readonly script: string
}

/** Microseconds of CPU per forwarded packet. */
interface Cost {
  readonly worker: number
  readonly node: number
  readonly delivered: number
}

const SUBJECTS = {
  product: { name: 'product', script: 'rest-server.ts' },
  floor: { name: 'floor', script: 'bare-sfu.ts' },
} as const satisfies Record<string, Subject>

const blocks: Block[] = []
const costs: Record<Subject['name'], Cost[]> = { product: [], floor: [] }
let voided = 0
while (blocks.length < BLOCKS && voided <= BLOCKS) {
  const block = { product: [] as number[], floor: [] as number[] }
  let isGood = true
  for (const name of ['floor', 'product', 'product', 'floor'] as const) {
    const cost = await measure(SUBJECTS[name])
    isGood &&= cost.delivered >= LEAST_DELIVERED
    block[name].push(cost.worker)
    costs[name].push(cost)
  }
  if (isGood) blocks.push(block)
  else voided += 1
}
report()

async function measure({ script }: Subject): Promise<Cost> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-sfu-'))
  const server = await start(script, dataDir)
  const peers: ScriptedPeer[] = []
  try {
    const code = await meetingAt(server.url, script)
    for (let n = 0; n < PEOPLE; n += 1) {
      const peer = await ScriptedPeer.connect(server.url)
      peers.push(peer)
      await peer.join({ code, name: `Person ${n}` })
      await peer.publish()
    }
    for (const peer of peers) {
      const expected = (PEOPLE - 1) * 2
      const listed = () => [
        ...peer.joined.media.consumers,
        ...peer.notifications('sfu.consumerOpened').filter(isNew(peer)),
      ]
      while (listed().length < expected) await delay(10)
      await peer.receive(listed())
    }
    await delay(WARM_UP_MS)
    return await sample(peers, server.process.pid ?? 0)
  } finally {
    for (const peer of peers) peer.close()
    server.process.disconnect()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function isNew(peer: ScriptedPeer) {
  const known = new Set(peer.joined.media.consumers.map(({ id }) => id))
  return ({ id }: { readonly id: (typeof peer.joined.media.consumers)[number]['id'] }) => !known.has(id)
}

async function sample(peers: readonly ScriptedPeer[], pid: number): Promise<Cost> {
  const [worker = 0] = childrenOf(pid)
  const look = () => ({
    worker: cpuOf(worker),
    node: cpuOf(pid),
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

async function start(script: string, dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const [port, rtcPort] = [await freePort(), await freePort()]
  const child = fork(path.join(import.meta.dirname, 'support', script), {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      RTC_PORT: String(rtcPort),
      RTC_LISTEN_IP: '127.0.0.1',
      RTC_WORKERS: '1',
      DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const ready = /ready (http\S+)/.exec(chunk.toString())?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', () => reject(new Error('the server ended')))
  })
  return { process: child, url }
}

async function meetingAt(url: string, script: string): Promise<MeetingCode> {
  if (script === SUBJECTS.floor.script) return 'abcd-efghjk-mnpq' as MeetingCode
  const response = await fetch(`${url}/api/v1/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: '{}',
  })
  return CreatedMeeting.parse(await response.json()).code
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function report(): void {
  const us = (value: number) => `${value.toFixed(2)} µs`
  const row = (name: Subject['name']) => [
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
    const verdict = high <= GOAL_RATIO ? 'met' : low > GOAL_RATIO ? 'missed' : 'undecided'
    console.log(`\nworker, product over floor: ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`)
    console.log(`goal: at most ${GOAL_RATIO}: ${verdict}; ${voided} blocks void; ${load}\n`)
  } else console.log(`\nno block delivered ${LEAST_DELIVERED * 100} % of its packets; ${load}\n`)
  console.log(JSON.stringify({ metric: 'sfu', people: PEOPLE, goal: GOAL_RATIO, ratio, voided, costs }))
}

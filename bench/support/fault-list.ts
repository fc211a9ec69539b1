import { setTimeout as delay } from 'node:timers/promises'
import { type Narrowing, measureNarrowing } from './bandwidth.ts'
import type { CallWay, Scene } from './fault-scene.ts'
import type { FaultResult } from './figures.ts'
import { type Loss, measureLoss } from './loss.ts'
import { type Outage, measureOutage } from './outage.ts'

export interface NamedFault {
  /** Such as `blackout-5` or, in a direct call, `direct-blackout-5`. */
  readonly name: string
  readonly measure: () => Promise<FaultResult>
}

/** Nobody takes this for a gap: what is usual without any fault. */
const UNNOTICED_MS = 200

type Strike = Outage['strike']

const breakOff: Strike = async ({ line, port }) => {
  line.breakOff(port)
  return Date.now()
}

const blackout =
  (ms: number): Strike =>
  async ({ line }) => {
    line.cut()
    await delay(ms)
    line.mend()
    return Date.now()
  }

const blockUdp: Strike = async ({ line }) => {
  line.blockUdp()
  return Date.now()
}

const move: Strike = async ({ line }) => {
  line.move()
  return Date.now()
}

const signalWorkers =
  (signal: 'SIGKILL' | 'SIGSTOP'): Strike =>
  async ({ server }: Scene) => {
    for (const pid of server.workers()) process.kill(pid, signal)
    return Date.now()
  }

const restart: Strike = async ({ server }) => {
  const killedAt = Date.now()
  await server.stop('SIGKILL')
  await server.start()
  return killedAt
}

function outages(way: CallWay): Omit<Outage, 'way'>[] {
  const unnoticed = { soundGap: UNNOTICED_MS, pictureGap: UNNOTICED_MS }
  const anywhere: Omit<Outage, 'way'>[] = [
    { fault: 'socket cut', strike: breakOff, goals: { ...unnoticed, chat: 2000 } },
    { fault: 'blackout 5 s', strike: blackout(5000), goals: { sound: 1000, picture: 1000, chat: 2000 } },
    { fault: 'blackout 60 s', strike: blackout(60_000), goals: { sound: 5000, picture: 6000, chat: 5000 } },
    { fault: 'UDP blocked', strike: blockUdp, goals: { sound: 10_000, picture: 12_000 } },
    { fault: 'address change', strike: move, goals: { sound: 3000, picture: 4000, chat: 3000 } },
    { fault: 'server killed', strike: restart, goals: { sound: 8000, picture: 10_000, chat: 8000 } },
  ]
  if (way === 'direct') return anywhere
  return [
    ...anywhere,
    { fault: 'worker killed', strike: signalWorkers('SIGKILL'), goals: { sound: 3000, picture: 4000 } },
    { fault: 'worker frozen', strike: signalWorkers('SIGSTOP'), goals: { sound: 8000, picture: 9000 } },
  ]
}

function losses(way: CallWay): Omit<Loss, 'way'>[] {
  const [low, high] = way === 'sfu' ? [1.5, 5] : [0.7, 0.7]
  const roundTripMs = way === 'sfu' ? 40 : 0
  return [
    { fault: 'loss 10 %', percent: 10, roundTripMs, goals: { concealed: low, freezeMs: UNNOTICED_MS } },
    { fault: 'loss 20 %', percent: 20, roundTripMs, goals: { concealed: high, freezeMs: UNNOTICED_MS } },
  ]
}

const NARROWING: Narrowing = {
  fault: 'bandwidth 3-1-3',
  way: 'sfu',
  wide: 3,
  narrow: 1,
  // The second of the three layers of a camera.
  fits: 450_000,
  goals: { freezeMs: 500, downMs: 3000, upMs: 6000 },
}

/** Everything that can go wrong here, in the order in which it is measured. */
export const FAULTS: readonly NamedFault[] = (['sfu', 'direct'] as const).flatMap((way) => [
  ...outages(way).map((outage) => named({ ...outage, way }, measureOutage)),
  ...losses(way).map((loss) => named({ ...loss, way }, measureLoss)),
  ...(way === 'sfu' ? [named(NARROWING, measureNarrowing)] : []),
])

function named<F extends { fault: string; way: CallWay }>(
  fault: F,
  measure: (fault: F) => Promise<FaultResult>,
): NamedFault {
  const name = fault.fault
    .toLowerCase()
    .replaceAll(/ (?:s|%)$/g, '')
    .replaceAll(' ', '-')
  return { name: fault.way === 'sfu' ? name : `direct-${name}`, measure: () => measure(fault) }
}

import process from 'node:process'
import { Worker } from 'node:worker_threads'

/** Tests may wait longer than on the reference machine by this factor; vitest's and Playwright's configurations read it. */
const VARIABLE = 'TEST_TIME_FACTOR'
/** Milliseconds that `work` takes on both cores of the reference machine (2 cores at about 2.7 GHz, nothing else running). */
const REFERENCE_MS = 280
const REFERENCE_CORES = 2
const MAX_FACTOR = 8

/** Runs on each core: the kind of work that tests wait for, hashing and plain JavaScript. */
const WORK = `
  const { createHash } = require('node:crypto')
  const { parentPort } = require('node:worker_threads')
  const data = Buffer.alloc(64 * 1024, 7)
  let sum = 0
  for (let round = 0; round < 900; round += 1) {
    const digest = createHash('sha256').update(data).digest('hex')
    for (let i = 0; i < 40_000; i += 1) sum = (sum * 31 + digest.charCodeAt(i % 64)) % 1_000_003
  }
  parentPort.postMessage(sum)
`

/** The factor that was set or measured in this process; 1 where nobody did. */
export function timeFactor(): number {
  const factor = Number(process.env[VARIABLE])
  return factor >= 1 ? factor : 1
}

/** A limit in milliseconds that holds on the reference machine, stretched for one that is slower or busy. */
export const patient = (milliseconds: number): number => Math.round(milliseconds * timeFactor())

/** Measures the speed of the machine as it is now, once per process and its children: at least 1. */
export async function measureTimeFactor(): Promise<number> {
  if (process.env[VARIABLE] !== undefined) return timeFactor()
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: REFERENCE_CORES }, runOnce))
  const ratio = (performance.now() - startedAt) / REFERENCE_MS
  const factor = Math.min(MAX_FACTOR, Math.max(1, Math.ceil(ratio * 10) / 10))
  process.env[VARIABLE] = String(factor)
  return factor
}

async function runOnce(): Promise<void> {
  const worker = new Worker(WORK, { eval: true })
  await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
}

import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ConsumerOptions, CreatedMeeting, type MeetingCode } from '@video-meet/protocol'
import { freePort } from '../../apps/server/test/lib/free-port.ts'
import type { ScriptedPeer } from '../../apps/server/test/lib/scripted-peer.ts'
import { childrenOf, cpuOf } from './process-cpu.ts'
import type { Side } from './turns.ts'

/** Our whole server without its limits, and a script that only connects people. */
const SUBJECT_SCRIPTS: Readonly<Record<Side, string>> = {
  product: 'rest-server.ts',
  floor: 'bare-sfu.ts',
}

/** An SFU in a process of its own, with one worker. */
export interface SfuSubject {
  readonly url: string
  /** Makes a meeting that scripted peers may join. */
  openMeeting(): Promise<MeetingCode>
  /** CPU time used so far, in ms. */
  cpu(): { readonly worker: number; readonly node: number }
  close(): Promise<void>
}

export async function startSubject(side: Side, address = '127.0.0.1'): Promise<SfuSubject> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-sfu-'))
  const child = fork(path.join(import.meta.dirname, SUBJECT_SCRIPTS[side]), {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      RTC_PORT: String(await freePort()),
      RTC_LISTEN_IP: address,
      RTC_WORKERS: '1',
      SEATS_PER_NETWORK: '10000',
      SEATS_PER_NETWORK_TOTAL: '10000',
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
  const pid = child.pid ?? 0
  const [worker = 0] = childrenOf(pid)
  return {
    url,
    openMeeting: async () => (side === 'floor' ? ('abcd-efghjk-mnpq' as MeetingCode) : await meetingAt(url)),
    cpu: () => ({ worker: cpuOf(worker), node: cpuOf(pid) }),
    async close() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Waits until a peer has been told of so many consumers, from its join on. */
export async function consumersOf(peer: ScriptedPeer, count: number): Promise<ConsumerOptions[]> {
  const known = new Set(peer.joined.media.consumers.map(({ id }) => id))
  for (;;) {
    const opened = peer.notifications('sfu.consumerOpened').filter(({ id }) => !known.has(id))
    const all = [...peer.joined.media.consumers, ...opened]
    if (all.length >= count) return all
    await delay(10)
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function meetingAt(url: string): Promise<MeetingCode> {
  const response = await fetch(`${url}/api/v1/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: '{}',
  })
  return CreatedMeeting.parse(await response.json()).code
}

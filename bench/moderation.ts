/*
 * How long somebody who ignores it is still heard and seen after a moderator muted or removed them: from the moderator's
 * request to the last of their packets at a third person, over real sockets, DTLS and SRTP.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreatedMeeting } from '@video-meet/protocol'
import { cleanup } from 'node-datachannel'
import { startApp } from '../apps/server/src/app.ts'
import { readConfig } from '../apps/server/src/config.ts'
import { createLogger } from '../apps/server/src/platform/logger.ts'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { percentile } from './support/statistics.ts'
import { table } from './support/table.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
const GOAL_MS = 500
/** After this long without a packet, while the sender sends 100 a second, nothing more comes. */
const QUIET_MS = 1000

type Act = (host: ScriptedPeer, participantId: ScriptedPeer['joined']['participantId']) => Promise<unknown>

const ACTS: Readonly<Record<string, Act>> = {
  'mute and camera off': (host, participantId) =>
    Promise.all(
      (['microphone', 'camera'] as const).map((source) =>
        host.request('moderation.stop', { participantId, source, lasting: true }),
      ),
    ),
  remove: (host, participantId) => host.request('moderation.remove', { participantId }),
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-moderation-'))
const config = readConfig({
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: dataDir,
  RTC_LISTEN_IP: '127.0.0.1',
  RTC_WORKERS: '1',
})
const app = await startApp({
  config: { ...config, rtc: { ...config.rtc, port: 0 } },
  log: createLogger({ level: 'error' }),
  limitFactor: 1e6,
})
try {
  const results = new Map<string, number[]>()
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, act] of Object.entries(ACTS))
      results.set(name, [...(results.get(name) ?? []), await silenceAfter(act)])
  report(results)
} finally {
  await app.close()
  await rm(dataDir, { recursive: true, force: true })
  // Threads of the scripted peers would keep this process alive.
  cleanup()
}

/** @returns ms from the request to the last packet; 0 when none came after it */
async function silenceAfter(act: Act): Promise<number> {
  const { code, hostToken } = await createMeeting()
  const peers = [
    await ScriptedPeer.connect(app.url),
    await ScriptedPeer.connect(app.url),
    await ScriptedPeer.connect(app.url),
  ]
  const [host, sender, receiver] = peers as [ScriptedPeer, ScriptedPeer, ScriptedPeer]
  await host.join({ code, name: 'Host', ...(hostToken !== null && { hostToken }) })
  await sender.join({ code, name: 'Sender' })
  await receiver.join({ code, name: 'Receiver' })
  await sender.publish()
  while (receiver.notifications('sfu.consumerOpened').length < 2) await delay(5)
  await receiver.receive(receiver.notifications('sfu.consumerOpened'))
  while (receiver.packets.size < 2 || Math.min(...receiver.packets.values()) < 20) await delay(5)
  // At any moment between two packets.
  await delay(randomInt(20))
  const asked = performance.now()
  await act(host, sender.joined.participantId)
  while (performance.now() - Math.max(receiver.lastPacketAt, asked) < QUIET_MS) await delay(20)
  for (const peer of peers) peer.close()
  return Math.max(0, receiver.lastPacketAt - asked)
}

async function createMeeting(): Promise<CreatedMeeting> {
  const response = await fetch(`${app.url}/api/v1/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: '{}',
  })
  return CreatedMeeting.parse(await response.json())
}

function report(results: ReadonlyMap<string, readonly number[]>): void {
  const rows = [...results].map(([name, times]) => ({
    name,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    max: Math.max(...times),
  }))
  const ms = (value: number) => `${value.toFixed(1)} ms`
  console.log(`Time until somebody who does not listen is silent, ${ROUNDS} rounds\n`)
  console.log(
    table([
      ['act', 'p50', 'p95', 'max'],
      ...rows.map(({ name, p50, p95, max }) => [name, ms(p50), ms(p95), ms(max)]),
    ]),
  )
  const met = rows.every(({ max }) => max <= GOAL_MS)
  console.log(`\ngoal: at most ${GOAL_MS} ms: ${met ? 'met' : 'missed'}\n`)
  console.log(JSON.stringify({ metric: 'moderation', rounds: ROUNDS, goalMs: GOAL_MS, results: rows }))
}

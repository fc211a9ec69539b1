import { requests, waitingRequests } from '@video-meet/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import { ScriptedChecker } from '../lib/scripted-checker.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const SOON = { timeout: 15_000, interval: 50 }

async function checker(app: TestApp, address?: string): Promise<ScriptedChecker> {
  const connected = await ScriptedChecker.connect(app.url, address)
  onTestFinished(() => connected.close())
  return connected
}

const codeOf = async (asking: Promise<unknown>) => {
  const reply = (await asking) as { ok: boolean; error?: { code: string } }
  return reply.ok ? 'ok' : reply.error?.code
}

async function routersOf(app: TestApp): Promise<number> {
  const dumps = await Promise.all(app.workers.workers.map((worker) => worker.dump()))
  return dumps.reduce((total, { routerIds }) => total + routerIds.length, 0)
}

it('gives back what is sent, to whoever sent it and to nobody else', async () => {
  const app = await startTestApp()
  const ana = await checker(app)
  const ben = await checker(app)
  const opened = await ana.echo()
  expect(opened.sendTransport.iceCandidates.map(({ protocol }) => protocol)).toEqual(
    expect.arrayContaining(['udp', 'tcp']),
  )
  expect(opened.iceServers).toEqual({ servers: [], lifetimeSeconds: null })
  await vi.waitFor(() => expect(ana.packetsBack).toBeGreaterThan(20), SOON)
  expect(ben.packetsBack).toBe(0)
  expect(await routersOf(app)).toBe(1)
})

it('closes a path when its time is over, and says so', async () => {
  const app = await startTestApp({ checkLimits: { lifetimeMs: 300 } })
  const ana = await checker(app)
  expect(await codeOf(ana.open())).toBe('ok')
  await vi.waitFor(() => expect(ana.notified).toEqual(['check.closed']), SOON)
  await vi.waitFor(async () => expect(await routersOf(app)).toBe(0), SOON)
  expect(await codeOf(ana.ask('check.resume', {}))).toBe('not_found')
})

it('closes a path when it is asked to, when another one is opened, and when the line ends', async () => {
  const app = await startTestApp()
  const ana = await checker(app)
  expect(await codeOf(ana.open())).toBe('ok')
  expect(await codeOf(ana.open())).toBe('ok')
  await vi.waitFor(async () => expect(await routersOf(app)).toBe(1), SOON)
  expect(await codeOf(ana.ask('check.close', {}))).toBe('ok')
  await vi.waitFor(async () => expect(await routersOf(app)).toBe(0), SOON)
  expect(await codeOf(ana.open())).toBe('ok')
  ana.close()
  await vi.waitFor(async () => expect(await routersOf(app)).toBe(0), SOON)
  expect(ana.notified).toEqual([])
})

it('lets an address and all together open only so many', async () => {
  const app = await startTestApp({
    checkLimits: { atOnce: 3, perAddress: 2, opens: { burst: 4, perMinute: 4 } },
  })
  const [ana, ben, cleo] = [await checker(app), await checker(app), await checker(app)]
  expect(await codeOf(ana.open())).toBe('ok')
  expect(await codeOf(ben.open())).toBe('ok')
  expect(await codeOf(cleo.open())).toBe('unavailable')
  const elsewhere = await checker(app, '203.0.113.7')
  const third = await checker(app, '192.0.2.77')
  expect(await codeOf(elsewhere.open())).toBe('ok')
  expect(await codeOf(third.open())).toBe('unavailable')
  ben.close()
  await vi.waitFor(async () => expect(await codeOf(third.open())).toBe('ok'), SOON)
  expect(await codeOf(ana.open())).toBe('ok')
  expect(await codeOf(ana.open())).toBe('ok')
  // The fifth of this address, counting that of the one who left.
  expect(await codeOf(ana.open())).toBe('rate_limited')
})

it('knows no request of a meeting or a waiting room, and needs an open path for its own', async () => {
  const app = await startTestApp()
  const ana = await checker(app)
  for (const name of [...Object.keys(requests), ...Object.keys(waitingRequests)])
    expect([name, await codeOf(ana.ask(name, {}))]).toEqual([name, 'not_found'])
  const opus = { mimeType: 'audio/opus', clockRate: 48_000, payloadType: 111, channels: 2 }
  const rtpParameters = { codecs: [opus], encodings: [{ ssrc: 1 }], rtcp: { cname: 'scripted' } }
  const own = [
    ['check.resume', {}, 'not_found'],
    ['check.echo', { kind: 'audio', rtpParameters }, 'not_found'],
    ['check.echo', { kind: 'data', rtpParameters }, 'bad_request'],
    ['check.open', {}, 'bad_request'],
    ['check.close', {}, 'ok'],
  ] as const
  for (const [name, input, code] of own)
    expect([name, await codeOf(ana.ask(name, input))]).toEqual([name, code])
})

it('gives credentials of TURN that are good for one test, and no longer', async () => {
  const env = {
    TURN_URLS: 'turn:turn.example.org:3478',
    TURN_SECRET: 'a-secret-that-is-long-enough-for-turn',
  }
  const app = await startTestApp({ env })
  const ana = await checker(app)
  const reply = await ana.open()
  const { iceServers } = (reply.ok ? reply.data : {}) as { iceServers: { servers: { username: string }[] } }
  const [expiry, name] = (iceServers.servers[0]?.username ?? '').split(':')
  expect(name).toBe('test')
  expect(Number(expiry)).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 20)
})

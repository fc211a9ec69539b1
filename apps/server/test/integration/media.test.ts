import type { TrackSource } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { SCRIPTED_CAPABILITIES, type ScriptedPeer } from '../lib/scripted-peer.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const ENOUGH_PACKETS = 20
const SOON = { timeout: 15_000, interval: 50 }

async function people(app: TestApp, count: number): Promise<ScriptedPeer[]> {
  const { code } = await app.createMeeting()
  const peers: ScriptedPeer[] = []
  for (let n = 1; n <= count; n++) {
    const peer = await app.connect()
    await peer.join({ code, name: `Person ${n}` })
    peers.push(peer)
  }
  return peers
}

function reopen(peer: ScriptedPeer) {
  return peer.request('sfu.openSession', { rtpCapabilities: SCRIPTED_CAPABILITIES })
}

function consumerOf(peer: ScriptedPeer, source: TrackSource) {
  const consumer = consumersOf(peer).find((one) => one.source === source)
  if (!consumer) throw new Error(`no consumer of a ${source}`)
  return consumer.id
}

/** Consumers from the join's reply and those that came since. */
function consumersOf(peer: ScriptedPeer) {
  return [...peer.joined.media.consumers, ...peer.notifications('sfu.consumerOpened')]
}

async function expectEveryoneToReceiveEveryone(peers: readonly ScriptedPeer[]): Promise<void> {
  const expected = (peers.length - 1) * 2
  await Promise.all(peers.map((peer) => peer.publish()))
  await vi.waitFor(() => {
    for (const peer of peers) expect(consumersOf(peer)).toHaveLength(expected)
  }, SOON)
  await Promise.all(peers.map((peer) => peer.receive(consumersOf(peer))))
  await vi.waitFor(() => {
    for (const peer of peers) {
      const enough = [...peer.packets.values()].filter((count) => count >= ENOUGH_PACKETS)
      expect(enough).toHaveLength(expected)
    }
  }, SOON)
}

it('carries ten people who all send and receive sound and picture', async () => {
  const app = await startTestApp()
  const peers = await people(app, 10)
  await expectEveryoneToReceiveEveryone(peers)
  const [first] = peers
  if (!first) throw new Error('nobody came')
  const stats = await first.request('sfu.getStats', {})
  expect(stats.sendTransport).toMatchObject({ protocol: 'udp' })
  expect(stats.sendTransport.bytesReceived).toBeGreaterThan(0)
  expect(stats.receiveTransport.bytesSent).toBeGreaterThan(stats.sendTransport.bytesReceived)
})

it('forwards nothing of what is muted, whatever the client sends, and tells the others', async () => {
  const app = await startTestApp()
  const [ana, ben] = (await people(app, 2)) as [ScriptedPeer, ScriptedPeer]
  await expectEveryoneToReceiveEveryone([ana, ben])
  const microphone = consumerOf(ben, 'microphone')
  const camera = consumerOf(ben, 'camera')
  await ana.request('track.setMuted', { source: 'microphone', muted: true })
  await vi.waitFor(() =>
    expect(ben.notifications('track.changed')).toContainEqual({
      participantId: ana.joined.participantId,
      track: { source: 'microphone', muted: true },
    }),
  )
  const heard = ben.packets.get(microphone) ?? 0
  const seen = ben.packets.get(camera) ?? 0
  await vi.waitFor(() => expect(ben.packets.get(camera)).toBeGreaterThan(seen + ENOUGH_PACKETS), SOON)
  // A few packets may have been on their way.
  expect((ben.packets.get(microphone) ?? 0) - heard).toBeLessThan(3)
  await ana.request('track.setMuted', { source: 'microphone', muted: false })
  await vi.waitFor(() => expect(ben.packets.get(microphone)).toBeGreaterThan(heard + ENOUGH_PACKETS), SOON)
})

it('closes the consumers of what is no longer published', async () => {
  const app = await startTestApp()
  const [ana, ben] = (await people(app, 2)) as [ScriptedPeer, ScriptedPeer]
  await ana.publish()
  await vi.waitFor(() => expect(ben.notifications('sfu.consumerOpened')).toHaveLength(2))
  await ana.request('track.unpublish', { source: 'camera' })
  const consumerId = consumerOf(ben, 'camera')
  await vi.waitFor(() => expect(ben.notifications('sfu.consumerClosed')).toEqual([{ consumerId }]))
  expect(ben.notifications('track.unpublished')).toEqual([
    { participantId: ana.joined.participantId, source: 'camera' },
  ])
})

it.each(['SIGKILL', 'SIGSTOP'] as const)(
  'moves a room whose worker is gone by %s, and no other',
  async (signal) => {
    const app = await startTestApp({ env: { RTC_WORKERS: '2' } })
    const [ana, ben] = (await people(app, 2)) as [ScriptedPeer, ScriptedPeer]
    const others = await people(app, 2)
    await expectEveryoneToReceiveEveryone(others)
    await ana.publish()
    const [worker, otherWorker] = app.workers.workers
    expect(worker?.sessionCount).toBe(2)
    expect(otherWorker?.sessionCount).toBe(2)
    if (worker) process.kill(worker.pid, signal)
    await vi.waitFor(() => {
      for (const peer of [ana, ben]) {
        expect(peer.notifications('sfu.sessionLost')).toEqual([{ id: peer.joined.media.id }])
      }
    }, SOON)
    expect(ben.notifications('track.unpublished')).toHaveLength(2)
    for (const peer of others) expect(peer.notifications('sfu.sessionLost')).toEqual([])

    const [session, sessionOfBen] = await Promise.all([reopen(ana), reopen(ben)])
    ben.received.length = 0
    await ana.publish(session)
    await vi.waitFor(() => expect(ben.notifications('sfu.consumerOpened')).toHaveLength(2), SOON)
    const consumers = ben.notifications('sfu.consumerOpened')
    await ben.receive(consumers, sessionOfBen)
    await vi.waitFor(() => {
      const arrived = consumers.map(({ id, source }) => [source, (ben.packets.get(id) ?? 0) > ENOUGH_PACKETS])
      expect(Object.fromEntries(arrived)).toEqual({ microphone: true, camera: true })
    }, SOON)
    await vi.waitFor(() => expect(app.workers.workers).toHaveLength(2), SOON)
  },
)

it('leaves it to the process when the workers close', async () => {
  const before = ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))
  const app = await startTestApp()
  expect(['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))).toEqual(before)
  await app.close()
  expect(app.workers.workers).toEqual([])
})

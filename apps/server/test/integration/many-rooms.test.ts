import { expect, it, vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const ROOMS = 100

/** What the server holds: in its workers, its registry, and as timers and handles of the process. */
async function holdings(app: TestApp) {
  const workers = await Promise.all(app.workers.workers.map((worker) => worker.dump()))
  const routers = await Promise.all(app.workers.workers.map((worker) => worker.webRtcServer.dump()))
  const resources = process.getActiveResourcesInfo()
  const count = (kind: string) => resources.filter((resource) => resource === kind).length
  return {
    rooms: app.registry.rooms.length,
    routers: workers.flatMap((worker) => worker.routerIds).length,
    transports: routers.flatMap((server) => server.webRtcTransportIds).length,
    sessions: app.workers.workers.reduce((sum, worker) => sum + worker.sessionCount, 0),
    timers: count('Timeout'),
    sockets: count('TCPSocketWrap'),
  }
}

async function openAndLeave(app: TestApp): Promise<void> {
  const { code } = await app.createMeeting()
  const ana = await app.connect()
  const ben = await app.connect()
  await ana.join({ code, name: 'Ana' })
  await ben.join({ code, name: 'Ben' })
  await ana.publish()
  await ben.request('room.leave', { mayReturn: false })
  ana.close()
  ben.close()
}

it(`holds nothing after ${ROOMS} rooms have opened and closed`, { timeout: patient(120_000) }, async () => {
  const app = await startTestApp({ roomLimits: { emptyRoomMs: 10, seatHeldMs: 10 } })
  await openAndLeave(app)
  await vi.waitFor(() => expect(app.registry.rooms).toHaveLength(0))
  const before = await settled(app)
  for (let n = 0; n < ROOMS; n++) await openAndLeave(app)
  await vi.waitFor(async () => expect(await holdings(app)).toEqual(before), {
    timeout: 20_000,
    interval: 100,
  })
})

/** The holdings once the sockets of the first room are gone. */
async function settled(app: TestApp) {
  let last = await holdings(app)
  await vi.waitFor(
    async () => {
      const now = await holdings(app)
      const same = JSON.stringify(now) === JSON.stringify(last)
      last = now
      expect(same).toBe(true)
      expect(now).toMatchObject({ rooms: 0, routers: 0, transports: 0, sessions: 0 })
    },
    { timeout: 20_000, interval: 200 },
  )
  return last
}

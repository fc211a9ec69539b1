/*
 * The refresh token: traded once, by however many tabs at once, and deadly to whoever copied it.
 */
import { routes } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { openDatabase } from '../../src/db/database.ts'
import { SessionRecord } from '../../src/db/entities/session-record.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { callRoute, register, type Somebody } from '../lib/people.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const RACES = 1000

const refresh = (app: TestApp, cookie: string) => callRoute(app.url, routes.refresh, { cookie })

it(
  `two tabs that refresh at once stay signed in, ${RACES} times over`,
  { timeout: patient(120_000) },
  async () => {
    const app = await startTestApp({ limitFactor: 1000 })
    let { cookie } = await register(app.url, 'Ana', routes.register)
    let logouts = 0
    for (let race = 0; race < RACES; race += 1) {
      const tabs = await Promise.all([refresh(app, cookie), refresh(app, cookie)])
      logouts += tabs.filter(({ status }) => status !== 200).length
      const successors = new Set(tabs.map((tab) => tab.cookie))
      expect(successors.size, `race ${race}`).toBe(1)
      cookie = tabs[0].cookie ?? ''
    }
    process.stdout.write(`refresh: ${RACES} races, ${logouts} logouts\n`)
    expect(logouts).toBe(0)
  },
)

/** As though the last refresh had been a while ago. */
async function letTimePass(app: TestApp): Promise<void> {
  const log = createLogger({ level: 'silent' })
  const database = await openDatabase({ url: 'sqlite:', dataDir: app.dataDir, log })
  await database.fork().nativeUpdate(SessionRecord, {}, { rotatedAt: new Date(Date.now() - 11_000) })
  await database.close()
}

async function thief(app: TestApp): Promise<{ ana: Somebody; stolen: string; own: string }> {
  const ana = await register(app.url, 'Ana', routes.register)
  const own = (await refresh(app, ana.cookie)).cookie ?? ''
  await letTimePass(app)
  return { ana, stolen: ana.cookie, own }
}

it('a refresh token that was used before ends the session for whoever has it', async () => {
  const app = await startTestApp()
  const { ana, stolen, own } = await thief(app)
  expect(await refresh(app, stolen)).toMatchObject({ status: 401 })
  expect(await refresh(app, own)).toMatchObject({ status: 401 })
  expect(await callRoute(app.url, routes.getMe, { token: ana.token })).toMatchObject({ status: 401 })
})

it('when a session ends, its people leave the call within a second', async () => {
  const app = await startTestApp()
  const { ana, stolen } = await thief(app)
  const { code } = await app.createMeeting()
  const [peer, guest] = [await app.connect(), await app.connect()]
  await peer.request('room.join', {
    code,
    name: 'Ana',
    rtpCapabilities: { codecs: [] },
    accessToken: ana.token,
  })
  await guest.request('room.join', { code, name: 'Ben', rtpCapabilities: { codecs: [] } })
  const [room] = app.registry.rooms
  expect(room?.peers).toHaveLength(2)
  await refresh(app, stolen)
  await vi.waitFor(() => expect(room?.peers.map(({ name }) => name)).toEqual(['Ben']), { timeout: 1000 })
  await vi.waitFor(() => expect(peer.socket.connected).toBe(false), { timeout: 1000 })
  expect(peer.received).toContainEqual({ name: 'room.ended', payload: { reason: 'signed_out' } })
})

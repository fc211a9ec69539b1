import { randomBytes, randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createRefreshTokens } from './refresh-tokens.ts'
import { createSessionsStore } from './sessions-store.ts'
import { Sessions } from './sessions.ts'

const NOW = Date.parse('2026-03-04T05:06:07Z')
const SECOND_MS = 1000
const DAY_MS = 86_400 * SECOND_MS
const HERE = '192.0.2.1'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const refused = expect.objectContaining({ code: 'unauthorized' })

describe('a session', () => {
  let database: Database
  let now = NOW
  let userId: UserId
  let sessions: Sessions
  const revoked: string[] = []
  const newSessions = (key: Uint8Array = randomBytes(32)) =>
    new Sessions({
      store: createSessionsStore(database),
      tokens: createRefreshTokens(key),
      now: () => new Date(now),
    })

  beforeEach(async () => {
    now = NOW
    revoked.length = 0
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    userId = await insertUser(database)
    sessions = newSessions()
    sessions.on('revoked', (ids) => revoked.push(...ids))
  })
  afterEach(() => database.close())

  const opened = (userAgent = FIREFOX) => sessions.open(userId, { userAgent, address: HERE })

  it('goes on with each refresh token, which is good for one', async () => {
    const first = await opened()
    const second = await sessions.rotate(first.refreshToken, HERE)
    now += 11 * SECOND_MS
    const third = await sessions.rotate(second.refreshToken, HERE)
    expect(third).toMatchObject({ id: first.id, userId, expiresAt: first.expiresAt })
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3)
    expect(revoked).toEqual([])
  })

  it('keeps a hash of its token, not the token', async () => {
    const { id, refreshToken } = await opened()
    const kept = JSON.stringify(await createSessionsStore(database).find(id))
    expect(kept).not.toContain(refreshToken.split('.')[2])
  })

  it('gives tabs that ask at once the same successor', async () => {
    const { refreshToken } = await opened()
    const tabs = await Promise.all(Array.from({ length: 8 }, () => sessions.rotate(refreshToken, HERE)))
    expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(1)
    now += 10 * SECOND_MS
    const late = await sessions.rotate(refreshToken, HERE)
    expect(late.refreshToken).toBe(tabs[0]?.refreshToken)
  })

  it('ends when a token comes back after that', async () => {
    const { id, refreshToken } = await opened()
    const { refreshToken: successor } = await sessions.rotate(refreshToken, HERE)
    now += 10 * SECOND_MS + 1
    await expect(sessions.rotate(refreshToken, HERE)).rejects.toEqual(refused)
    expect(revoked).toEqual([id])
    await expect(sessions.rotate(successor, HERE)).rejects.toEqual(refused)
    expect(await sessions.find(id)).toBeNull()
  })

  it('ends when a token before the last comes back, however soon', async () => {
    const { id, refreshToken } = await opened()
    const second = await sessions.rotate(refreshToken, HERE)
    await sessions.rotate(second.refreshToken, HERE)
    await expect(sessions.rotate(refreshToken, HERE)).rejects.toEqual(refused)
    expect(revoked).toEqual([id])
  })

  it('takes no notice of what is none of its tokens', async () => {
    const { id, refreshToken } = await opened()
    const forged = newSessions(randomBytes(32))
    const other = await forged.open(userId, { userAgent: '', address: HERE })
    const [, , mac = ''] = refreshToken.split('.')
    for (const token of ['', 'x', other.refreshToken, `${id}.1.${mac}`, `${randomUUID()}.0.${mac}`])
      await expect(sessions.rotate(token, HERE)).rejects.toEqual(refused)
    expect(revoked).toEqual([])
    expect(await sessions.rotate(refreshToken, HERE)).toMatchObject({ id })
  })

  it('ends after a week without use', async () => {
    const { id, refreshToken } = await opened()
    now += 7 * DAY_MS - 1
    const { refreshToken: next } = await sessions.rotate(refreshToken, HERE)
    now += 7 * DAY_MS
    expect(await sessions.find(id)).toBeNull()
    expect(await sessions.list(userId, null)).toEqual([])
    await expect(sessions.rotate(next, HERE)).rejects.toEqual(refused)
    expect(revoked).toEqual([id])
  })

  it('ends after a month of use', async () => {
    let { refreshToken } = await opened()
    for (let day = 0; day < 29; day += 1) {
      now += DAY_MS
      ;({ refreshToken } = await sessions.rotate(refreshToken, HERE))
    }
    now += DAY_MS
    await expect(sessions.rotate(refreshToken, HERE)).rejects.toEqual(refused)
  })

  it('is known by its token, be it good or used, but not by a forged one', async () => {
    const { id, refreshToken } = await opened()
    await sessions.rotate(refreshToken, HERE)
    expect(await sessions.ofToken(refreshToken)).toMatchObject({ id })
    expect(await sessions.ofToken(`${id}.0.${'a'.repeat(43)}`)).toBeNull()
    expect(await sessions.ofToken('x')).toBeNull()
  })

  it('says on which device it is, when it was used last, and whether it is this one', async () => {
    const old = await opened('curl/8.0')
    now += 60 * SECOND_MS
    const { id } = await opened()
    expect(await sessions.list(userId, id)).toEqual([
      {
        id,
        device: expect.stringContaining('Firefox'),
        address: HERE,
        createdAt: '2026-03-04T05:07:07.000Z',
        lastUsedAt: '2026-03-04T05:07:07.000Z',
        current: true,
      },
      expect.objectContaining({ id: old.id, current: false }),
    ])
    now += 60 * SECOND_MS
    await sessions.rotate(old.refreshToken, '198.51.100.7')
    expect((await sessions.list(userId, null))[0]).toMatchObject({
      id: old.id,
      address: '198.51.100.7',
      lastUsedAt: '2026-03-04T05:08:07.000Z',
      current: false,
    })
  })

  it('keeps no more of a browser that says much about itself than it has room for', async () => {
    const { id } = await opened('x'.repeat(5000))
    expect((await sessions.find(id))?.userAgent).toHaveLength(300)
  })

  it('is ended by who signed in there, and by nobody else', async () => {
    const { id } = await opened()
    const stranger = await insertUser(database)
    for (const end of [() => sessions.end(id, stranger), () => sessions.end(randomUUID(), userId)])
      await expect(end()).rejects.toMatchObject({ code: 'not_found' })
    expect(revoked).toEqual([])
    await sessions.end(id, userId)
    expect(revoked).toEqual([id])
    expect(await sessions.find(id)).toBeNull()
  })

  it('ends with all others but this one', async () => {
    const [one, two, here] = [await opened(), await opened(), await opened()]
    const other = await sessions.open(await insertUser(database), { userAgent: '', address: HERE })
    await sessions.endAll(userId, here.id)
    expect(new Set(revoked)).toEqual(new Set([one.id, two.id]))
    await sessions.endAll(userId)
    expect(revoked).toContain(here.id)
    expect(await sessions.find(other.id)).not.toBeNull()
    const before = revoked.length
    await sessions.endAll(userId)
    expect(revoked).toHaveLength(before)
  })

  it('is forgotten when it is over', async () => {
    const { id } = await opened()
    now += 6 * DAY_MS
    const used = await opened()
    now += DAY_MS + 1
    await sessions.forgetOld()
    const store = createSessionsStore(database)
    expect(await store.find(id)).toBeNull()
    expect(await store.find(used.id)).not.toBeNull()
  })
})

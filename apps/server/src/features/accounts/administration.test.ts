import { randomBytes, randomUUID } from 'node:crypto'
import { UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createAccessTokens } from './access-tokens.ts'
import { Administration } from './administration.ts'
import { createApiTokensStore } from './api-tokens-store.ts'
import { ApiTokens } from './api-tokens.ts'
import { createAuthenticate } from './authenticate.ts'
import { createAccountLetters } from './letters.ts'
import { createMailLinks } from './mail-links.ts'
import { createMailTokensStore } from './mail-tokens-store.ts'
import { createRefreshTokens } from './refresh-tokens.ts'
import { createSessionsStore } from './sessions-store.ts'
import { Sessions } from './sessions.ts'
import { createUsersStore } from './users-store.ts'

const DEVICE = { userAgent: 'Firefox', address: '192.0.2.1' }

const trusted = () => undefined

describe('administrators', () => {
  let database: Database
  const letters: { to: string; text: string }[] = []
  const revoked: string[] = []
  const cleared: string[] = []
  beforeEach(async () => {
    letters.length = 0
    revoked.length = 0
    cleared.length = 0
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
  })
  afterEach(() => database.close())

  function place() {
    const store = createUsersStore(database)
    const tokens = createRefreshTokens(randomBytes(32))
    const sessions = new Sessions({ store: createSessionsStore(database), tokens })
    sessions.on('revoked', (ids) => revoked.push(...ids))
    const mailLinks = createMailLinks({
      store: createMailTokensStore(database),
      findUser: (id) => store.findById(id),
    })
    const administration = new Administration({
      store,
      sessions,
      mailLinks,
      letters: createAccountLetters('https://meet.example.org'),
      sendLetter: async ({ address }, _purpose, write) => {
        letters.push({ to: address, text: (await write()).text })
        return true
      },
      removeOwned: async ({ id }) => void cleared.push(id),
    })
    const accessTokens = createAccessTokens(randomBytes(32))
    const apiTokens = new ApiTokens(createApiTokensStore(database))
    const authenticate = createAuthenticate({ store, sessions, accessTokens, apiTokens })
    /** Somebody who is signed in, by themselves and with a script. */
    async function signedIn(row: object = {}) {
      const userId = await insertUser(database, row)
      const session = await sessions.open(userId, DEVICE)
      const accessToken = await accessTokens.issue({ userId, sessionId: session.id })
      const script = await apiTokens.create(
        { userId, role: 'user' },
        { name: 'x', scopes: ['meetings:read'], expiresAt: new Date(Date.now() + 60_000).toISOString() },
      )
      const whoIs = async () => [await authenticate(accessToken), await authenticate(script.token)]
      return { userId, session, whoIs }
    }
    return { administration, mailLinks, signedIn }
  }

  it('make an account whose owner sets the password by a letter', async () => {
    const { administration, mailLinks } = place()
    const made = await administration.create({ email: 'Ben@example.org', name: 'Ben' })
    expect(made).toMatchObject({ email: 'Ben@example.org', role: 'administrator', emailVerified: false })
    const other = await administration.create({ email: 'eve@example.org', name: 'Eve', role: 'user' })
    expect(other).toMatchObject({ role: 'user', state: 'active', lastSeenAt: null })
    expect(letters.map(({ to }) => to)).toEqual(['Ben@example.org', 'eve@example.org'])
    const token = /#([\w-]{43})/.exec(letters[1]?.text ?? '')?.[1] ?? ''
    expect(await mailLinks.redeem(token, 'reset')).toMatchObject({ id: other.id })
    await expect(administration.create({ email: 'BEN@example.org', name: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(letters).toHaveLength(2)
  })

  it('see accounts page by page, and find them by name or address', async () => {
    const { administration } = place()
    const people = ['Ana', 'Ben', 'Eve', 'Evelyn', 'Zoë']
    for (const [minute, name] of people.entries())
      await insertUser(database, { name, createdAt: new Date(Date.UTC(2026, 2, 4, 5, minute)) })
    const names: string[] = []
    for (let cursor: string | undefined; ;) {
      const { items, nextCursor } = await administration.list({ limit: 2, cursor })
      names.push(...items.map(({ name }) => name))
      if (nextCursor === null) break
      cursor = nextCursor
    }
    expect(names).toEqual(people)
    const found = async (search: string) =>
      (await administration.list({ search })).items.map(({ name }) => name)
    expect(await found('Eve')).toEqual(['Eve', 'Evelyn'])
    expect(await found('@EXAMPLE')).toHaveLength(5)
    expect(await found('')).toHaveLength(5)
    expect(await found('nobody')).toEqual([])
  })

  it('shut out somebody at once, by every token, and let them in again', async () => {
    const { administration, signedIn } = place()
    const { userId, session, whoIs } = await signedIn()
    expect(await whoIs()).toMatchObject([
      { userId, sessionId: session.id, scopes: null },
      { userId, sessionId: null, scopes: ['meetings:read'] },
    ])
    expect(await administration.update(userId, { state: 'disabled' }, trusted)).toMatchObject({
      state: 'disabled',
    })
    expect(await whoIs()).toEqual([null, null])
    expect(revoked).toEqual([session.id])
    expect(await administration.update(userId, { state: 'active' }, trusted)).toMatchObject({
      state: 'active',
    })
    expect(await whoIs()).toMatchObject([null, { userId }])
  })

  it('void the links that were sent to somebody whom they disable', async () => {
    const { administration, mailLinks, signedIn } = place()
    const { userId } = await signedIn()
    const token = await mailLinks.issue(userId, 'reset', 60_000)
    await administration.update(userId, { state: 'disabled' }, trusted)
    await administration.update(userId, { state: 'active' }, trusted)
    await expect(mailLinks.redeem(token, 'reset')).rejects.toMatchObject({ code: 'token_invalid' })
  })

  it('give and take rights, which count from then on', async () => {
    const { administration, signedIn } = place()
    await insertUser(database, { role: 'administrator' })
    const { userId, whoIs } = await signedIn()
    const changed = await administration.update(userId, { role: 'administrator', name: 'Anna' }, trusted)
    expect(changed).toMatchObject({ role: 'administrator', name: 'Anna' })
    expect(await whoIs()).toMatchObject([{ role: 'administrator', name: 'Anna' }, { name: 'Anna' }])
    await administration.update(userId, { role: 'user' }, trusted)
    expect((await whoIs())[0]).toMatchObject({ role: 'user' })
    expect(revoked).toEqual([])
  })

  it('remove an account with its sessions and tokens', async () => {
    const { administration, signedIn } = place()
    const { userId, session, whoIs } = await signedIn()
    expect(await administration.remove(userId, trusted)).toMatchObject({ id: userId })
    expect(cleared).toEqual([userId])
    expect(await whoIs()).toEqual([null, null])
    expect(revoked).toEqual([session.id])
    await expect(administration.remove(userId, trusted)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are never all gone: disabled ones do not count', async () => {
    const { administration } = place()
    await insertUser(database, { role: 'administrator', state: 'disabled' })
    const last = await insertUser(database, { role: 'administrator' })
    for (const act of [
      () => administration.update(last, { role: 'user' }, trusted),
      () => administration.update(last, { state: 'disabled' }, trusted),
      () => administration.remove(last, trusted),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'conflict' })
    expect(await administration.update(last, { name: 'Still here' }, trusted)).toMatchObject({
      name: 'Still here',
    })
    expect(revoked).toEqual([])
  })

  it('change or remove another administrator only when the caller is trusted', async () => {
    const { administration } = place()
    await insertUser(database, { role: 'administrator' })
    const other = await insertUser(database, { role: 'administrator' })
    const distrust = () => {
      throw new Error('not trusted')
    }
    await expect(administration.update(other, { state: 'disabled' }, distrust)).rejects.toThrow('not trusted')
    await expect(administration.remove(other, distrust)).rejects.toThrow('not trusted')
    const user = await insertUser(database, { role: 'user' })
    expect(await administration.update(user, { state: 'disabled' }, distrust)).toMatchObject({
      state: 'disabled',
    })
  })

  it('find no account that is not there', async () => {
    const { administration } = place()
    const id = UserId.parse(randomUUID())
    for (const change of [{ name: 'x' }, { state: 'disabled' as const }])
      await expect(administration.update(id, change, trusted)).rejects.toMatchObject({ code: 'not_found' })
  })
})

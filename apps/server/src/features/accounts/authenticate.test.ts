import { randomBytes, randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createAccessTokens } from './access-tokens.ts'
import { createApiTokensStore } from './api-tokens-store.ts'
import { ApiTokens } from './api-tokens.ts'
import { createAuthenticate } from './authenticate.ts'
import { createRefreshTokens } from './refresh-tokens.ts'
import { createSessionsStore } from './sessions-store.ts'
import { Sessions } from './sessions.ts'
import { createUsersStore } from './users-store.ts'

const DEVICE = { userAgent: 'Firefox', address: '192.0.2.1' }

let database: Database
beforeEach(async () => {
  const log = createLogger({ level: 'silent' })
  database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
  await database.migrate()
})
afterEach(() => database.close())

function place() {
  const store = createUsersStore(database)
  const tokens = createRefreshTokens(randomBytes(32))
  const sessions = new Sessions({ store: createSessionsStore(database), tokens })
  const accessTokens = createAccessTokens(randomBytes(32))
  const apiTokens = new ApiTokens(createApiTokensStore(database))
  return {
    sessions,
    apiTokens,
    tokenOf: (userId: UserId, sessionId: string) => accessTokens.issue({ userId, sessionId }),
    authenticate: createAuthenticate({ store, sessions, accessTokens, apiTokens }),
  }
}

it('believes an access token as long as its session lasts, and only of the account that opened it', async () => {
  const { sessions, tokenOf, authenticate } = place()
  const ana = await insertUser(database, { avatarVersion: 'v1' })
  const ben = await insertUser(database)
  const { id } = await sessions.open(ana, DEVICE)
  expect(await authenticate(await tokenOf(ana, id))).toEqual({
    userId: ana,
    name: 'Ana',
    role: 'user',
    avatar: `/api/v1/users/${ana}/avatar?v=v1`,
    sessionId: id,
    scopes: null,
    provedAt: expect.any(Date),
  })
  expect(await authenticate(await tokenOf(ben, id))).toBeNull()
  expect(await authenticate(await tokenOf(ana, randomUUID()))).toBeNull()
  await sessions.endAll(ana)
  expect(await authenticate(await tokenOf(ana, id))).toBeNull()
})

it('believes the token of a script, for what it is good for', async () => {
  const { apiTokens, authenticate } = place()
  const userId = await insertUser(database)
  const { token } = await apiTokens.create(
    { userId, role: 'user' },
    {
      name: 'Nightly',
      scopes: ['meetings:read'],
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    },
  )
  expect(await authenticate(token)).toMatchObject({ userId, sessionId: null, scopes: ['meetings:read'] })
})

it.each(['', 'vmt_', 'vmt_x', 'a.b.c'])('believes nothing of %j', async (token) => {
  expect(await place().authenticate(token)).toBeNull()
})

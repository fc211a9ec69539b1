import { randomUUID } from 'node:crypto'
import { UserId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { SettingRecord } from '../../src/db/entities/setting-record.ts'
import { UserRecord } from '../../src/db/entities/user-record.ts'
import { createUsersStore, type StoredUser } from '../../src/features/accounts/users-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const AT = new Date('2026-07-04T23:59:59.089Z')

/** An account that differs from all others by its address. */
export function someUser(patch: Partial<StoredUser> = {}): StoredUser {
  const id = UserId.parse(randomUUID())
  return {
    id,
    email: `Añejo.${id}@Example.org`,
    emailVerifiedAt: AT,
    name: 'Ana 🎉',
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$dGFn',
    language: 'de-AT',
    timeZone: 'Europe/Vienna',
    role: 'user',
    state: 'active',
    avatarVersion: null,
    createdAt: AT,
    lastSeenAt: null,
    ...patch,
  }
}

export const testUsersStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createUsersStore(database())

  // Runs first, on a database that no other suite has put an account into: see the list of suites.
  it('makes one of those who are first at once the administrator', async () => {
    expect(await store().isEmpty()).toBe(true)
    const added = await Promise.all(Array.from({ length: 8 }, () => store().add(someUser())))
    expect(added.filter((user) => user?.role === 'administrator')).toHaveLength(1)
    expect(added.filter(Boolean)).toHaveLength(8)
    expect(await store().isEmpty()).toBe(false)
  })

  it('keeps what it was given, and finds it by its address in any case', async () => {
    const user = someUser()
    expect(await store().add(user)).toEqual(user)
    expect(await store().findById(user.id)).toEqual(user)
    expect(await store().findByEmail(user.email.toUpperCase())).toEqual(user)
  })

  it('gives an address to one of those who want it at once', async () => {
    const email = `${randomUUID()}@example.org`
    const added = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        store().add(someUser({ email: n % 2 ? email : email.toUpperCase() })),
      ),
    )
    expect(added.filter(Boolean)).toHaveLength(1)
  })

  it('always leaves one administrator, whoever wants to be rid of the others at once', async () => {
    const before = (await store().list({ search: undefined, after: null, limit: 500 })).filter(
      ({ role, state }) => role === 'administrator' && state === 'active',
    )
    const others = [someUser({ role: 'administrator' }), someUser({ role: 'administrator' })]
    for (const user of others) await store().add(user)
    const ids = [...before, ...others].map(({ id }) => id)
    const done = await Promise.all(
      ids.map((id, n) => store().changeIfAdministratorStays(id, n % 2 ? 'remove' : { role: 'user' })),
    )
    expect(done.filter((changed) => !changed)).toHaveLength(1)
  })

  it('lists from the oldest on, page by page, by name or address if wanted', async () => {
    const mark = randomUUID().slice(0, 8)
    const users = [1, 2, 2, 3].map((minute) =>
      someUser({ name: `Findable_${mark}`, createdAt: new Date(AT.getTime() + minute * 60_000) }),
    )
    for (const user of users) await store().add(user)
    const first = await store().list({ search: `findable_${mark}`.replace('f', 'F'), after: null, limit: 3 })
    const last = first.at(-1)
    expect(first).toHaveLength(3)
    const rest = await store().list({
      search: `Findable_${mark}`,
      after: last ? { at: last.createdAt, id: last.id } : null,
      limit: 3,
    })
    expect(new Set([...first, ...rest].map(({ id }) => id))).toEqual(new Set(users.map(({ id }) => id)))
    const [one] = users
    expect(await store().list({ search: one?.id, after: null, limit: 3 })).toEqual([one])
  })

  it('searches by what is meant, and takes no character for a wildcard', async () => {
    const mark = randomUUID().slice(0, 8)
    const armel = someUser({ name: `Ärmel ${mark}` })
    const percent = someUser({ name: `100%_\\! ${mark}`, email: `a_b%${mark}@example.org` })
    for (const user of [armel, percent]) await store().add(user)
    const search = (words: string) => store().list({ search: words, after: null, limit: 10 })
    for (const words of [`ärmel ${mark}`, `A\u0308RMEL ${mark}`, `armel ${mark}`])
      expect(await search(words)).toEqual([armel])
    for (const words of [`0%_\\! ${mark}`, `A_B%${mark}`]) expect(await search(words)).toEqual([percent])
    for (const words of [`_rmel ${mark}`, `ä%${mark}`, `0%%\\! ${mark}`, `a_b_${mark}`])
      expect(await search(words)).toEqual([])
    await store().change(armel.id, { name: `Renée ${mark}` })
    expect(await search(`renee ${mark}`)).toMatchObject([{ id: armel.id }])
    expect(await search(`armel ${mark}`)).toEqual([])
  })

  it('finds people from before there were search keys after the next start', async () => {
    const user = someUser({ name: `Ünal ${randomUUID().slice(0, 8)}` })
    await store().add(user)
    const em = database().fork()
    await em.nativeUpdate(UserRecord, { id: user.id }, { nameKey: null })
    await em.nativeDelete(SettingRecord, { name: 'search-keys' })
    const search = (words = user.name.normalize('NFD')) =>
      store().list({ search: words, after: null, limit: 10 })
    expect(await search()).toEqual([])
    expect(await search(user.name)).toEqual([user])
    await database().migrate()
    expect(await search()).toEqual([user])
  })

  it('keeps a picture to the byte, and forgets it', async () => {
    const user = someUser()
    await store().add(user)
    const image = Buffer.from([0, 1, 2, 255, 254, 0])
    await store().setAvatar(user.id, image, 'v1')
    await store().setAvatar(user.id, image, 'v2')
    expect(await store().avatarOf(user.id)).toEqual(image)
    expect(await store().findById(user.id)).toMatchObject({ avatarVersion: 'v2' })
    await store().setAvatar(user.id, null, null)
    expect(await store().avatarOf(user.id)).toBeNull()
  })

  it('keeps one of the pictures that are set at once, of each account', async () => {
    const users = [someUser(), someUser(), someUser()]
    for (const user of users) await store().add(user)
    const tries = [1, 2, 3, 4].flatMap((n) =>
      users.map(({ id }) => store().setAvatar(id, Buffer.from([n]), `v${n}`)),
    )
    await Promise.all(tries)
    for (const { id } of users) {
      const version = (await store().findById(id))?.avatarVersion
      expect(await store().avatarOf(id)).toEqual(Buffer.from([Number(version?.slice(1))]))
    }
  })

  it('finds by index', async () => {
    const user = someUser()
    await store().add(user)
    const queries = await sqlOf(database(), async () => {
      await store().findById(user.id)
      await store().findByEmail(user.email)
      await store().avatarOf(user.id)
      await store().list({ search: undefined, after: { at: AT, id: user.id }, limit: 10 })
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

/*
 * Storage that fails in every way we know, on real databases: whoever is affected gets a 503 with a sentence, others go on,
 * no connection stays checked out, and service is back as soon as the cause is gone.
 */
import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { LockMode } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { type Database, type DatabaseOptions, openDatabase } from '../../src/db/database.ts'
import type { DialectName } from '../../src/db/dialects/dialect.ts'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { storageFailure } from '../../src/db/storage-failure.ts'
import { databases, dialects } from '../lib/databases.ts'

let count = 0
const newMeeting = () => ({
  id: randomUUID(),
  code: `fault-${++count}`,
  title: 'Faults',
  createdAt: new Date('2026-03-29T02:30:00.089Z'),
})
const add = (database: Database) => database.fork().insert(MeetingRecord, newMeeting())
const countAll = (database: Database) => database.fork().count(MeetingRecord)

const on = {
  sqlite: databases('sqlite'),
  postgresql: databases('postgresql'),
  mysql: databases('mysql'),
}

async function open(options: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(options)
  onTestFinished(() => database.close())
  await database.migrate()
  return database
}

/** More than the pool has connections. */
const MANY = 12

/** The sentence that people get with the 503; the error itself if it is not a storage failure. */
async function sentenceOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no failure',
    (error: unknown) => storageFailure(error)?.message ?? error,
  )
}
const A_SENTENCE = expect.stringMatching(/^(The server|The database) .*\.$/)

/** Every connection of the pool works and none is inside a transaction. */
async function expectWhole(database: Database): Promise<void> {
  const before = await countAll(database)
  await Promise.all(
    Array.from({ length: MANY }, () =>
      database.fork().transactional((tx) => tx.insert(MeetingRecord, newMeeting())),
    ),
  )
  expect(await countAll(database)).toBe(before + MANY)
}

/** A transaction that has written and stays open until it is released. */
function holdTransaction(database: Database) {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const ended = database.fork().transactional(async (tx) => {
    await tx.insert(MeetingRecord, newMeeting())
    begun.resolve()
    await release.promise
  })
  ended.catch(begun.reject)
  return {
    hasBegun: begun.promise,
    async release(): Promise<void> {
      release.resolve()
      await ended
    },
  }
}

const ownConnection: Readonly<Record<'postgresql' | 'mysql', string>> = {
  postgresql: 'select pg_backend_pid() as id',
  mysql: 'select connection_id() as id',
}
const kill = (dialect: DialectName, id: number): string =>
  dialect === 'postgresql' ? `select pg_terminate_backend(${id})` : `kill ${id}`

describe.each(['postgresql', 'mysql'] as const)('%s', (dialect) => {
  const { create, restart } = on[dialect]

  async function killWithin(database: Database, tx: SqlEntityManager): Promise<void> {
    const [row] = await tx.execute<{ id: number }[]>(ownConnection[dialect])
    await database.fork().execute(kill(dialect, Number(row?.id)))
  }

  it(
    'loses no connection to backends that die inside transactions',
    { timeout: patient(60_000) },
    async () => {
      const database = await open(await create())
      for (let round = 0; round < MANY + 3; round += 1) {
        const failing = database.fork().transactional(async (tx) => {
          await tx.insert(MeetingRecord, newMeeting())
          await killWithin(database, tx)
          await tx.insert(MeetingRecord, newMeeting())
        })
        expect(await sentenceOf(failing)).toEqual(A_SENTENCE)
        await add(database)
      }
      expect(await countAll(database)).toBe(MANY + 3)
      await expectWhole(database)
    },
  )

  it('loses no connection when the commit is what fails', { timeout: patient(60_000) }, async () => {
    const database = await open(await create())
    for (let round = 0; round < MANY; round += 1) {
      const failing = database.fork().transactional(async (tx) => {
        await tx.insert(MeetingRecord, newMeeting())
        await killWithin(database, tx)
      })
      expect(await sentenceOf(failing)).toEqual(A_SENTENCE)
    }
    await expectWhole(database)
  })

  it(
    'bounds the wait when the pool is exhausted, and goes on afterwards',
    { timeout: patient(60_000) },
    async () => {
      const database = await open(await create())
      const holders = Array.from({ length: 10 }, () => holdTransaction(database))
      await Promise.all(holders.map(({ hasBegun }) => hasBegun))
      const startedAt = performance.now()
      expect(await sentenceOf(add(database))).toEqual(A_SENTENCE)
      expect(performance.now() - startedAt).toBeLessThan(patient(15_000))
      await Promise.all(holders.map((holder) => holder.release()))
      await expectWhole(database)
    },
  )

  it('ends a deadlock with a sentence for one of the two', { timeout: patient(60_000) }, async () => {
    const database = await open(await create())
    const [one, other] = [newMeeting(), newMeeting()]
    await database.fork().insertMany(MeetingRecord, [one, other])
    const bothHold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const cross = (first: string, second: string, index: 0 | 1) =>
      database.fork().transactional(async (tx) => {
        const lockMode = LockMode.PESSIMISTIC_WRITE
        await tx.findOneOrFail(MeetingRecord, { id: first }, { lockMode })
        bothHold[index].resolve()
        await bothHold[index === 0 ? 1 : 0].promise
        await tx.findOneOrFail(MeetingRecord, { id: second }, { lockMode })
      })
    const outcomes = await Promise.all([
      sentenceOf(cross(one.id, other.id, 0)),
      sentenceOf(cross(other.id, one.id, 1)),
    ])
    expect(outcomes).toContain('no failure')
    expect(outcomes).toContain('The database is busy. Try again in a moment.')
    await expectWhole(database)
  })

  it('answers with a sentence while it is read-only', async () => {
    const database = await open(await create())
    const writing = database
      .fork()
      .transactional((tx) => tx.insert(MeetingRecord, newMeeting()), { readOnly: true })
    expect(await sentenceOf(writing)).toBe(
      "The server can't save anything right now: its storage is read-only.",
    )
    await expectWhole(database)
  })

  it('is back after a restart in the middle of transactions', { timeout: patient(90_000) }, async () => {
    const database = await open(await create())
    const isDown = Promise.withResolvers<void>()
    const underway = Array.from({ length: 10 }, () =>
      sentenceOf(
        database.fork().transactional(async (tx) => {
          await tx.insert(MeetingRecord, newMeeting())
          await isDown.promise
          await tx.insert(MeetingRecord, newMeeting())
        }),
      ),
    )
    await restart(async () => {
      isDown.resolve()
      for (const outcome of await Promise.all(underway)) expect(outcome).toEqual(A_SENTENCE)
      expect(await sentenceOf(add(database))).toEqual(A_SENTENCE)
    })
    await expect.poll(() => database.isHealthy(), { timeout: patient(20_000) }).toBe(true)
    expect(database.isBeyondRepair()).toBe(false)
    await expectWhole(database)
  })
})

describe('sqlite', () => {
  const { create } = on.sqlite
  const fileOf = ({ dataDir, url }: DatabaseOptions) => path.join(dataDir, url.replace('sqlite:', ''))

  it('says that the storage is full, and goes on when there is space again', async () => {
    const database = await open(await create())
    const [pages] = await database.fork().execute<{ page_count: number }[]>('pragma page_count')
    await database.fork().execute(`pragma max_page_count = ${pages?.page_count}`)
    const fill = () =>
      database.fork().transactional(async (tx) => {
        for (let row = 0; row < 200; row += 1)
          await tx.insert(MeetingRecord, { ...newMeeting(), description: 'x'.repeat(2000) })
      })
    for (let round = 0; round < 3; round += 1)
      expect(await sentenceOf(fill())).toBe("The server can't save anything right now: its storage is full.")
    expect(await countAll(database)).toBe(0)
    await database.fork().execute('pragma max_page_count = 1073741823')
    await expectWhole(database)
  })

  it('says that the storage is read-only', async () => {
    const database = await open(await create())
    await database.fork().execute('pragma query_only = on')
    const sentence = "The server can't save anything right now: its storage is read-only."
    expect(await sentenceOf(add(database))).toBe(sentence)
    expect(
      await sentenceOf(database.fork().transactional((tx) => tx.insert(MeetingRecord, newMeeting()))),
    ).toBe(sentence)
    expect(await countAll(database)).toBe(0)
    await database.fork().execute('pragma query_only = off')
    await expectWhole(database)
  })

  it(
    'waits no longer than its limit for another process that writes',
    { timeout: patient(60_000) },
    async () => {
      const options = await create()
      const [database, other] = [await open(options), await open(options)]
      const holder = holdTransaction(other)
      await holder.hasBegun
      expect(await sentenceOf(add(database))).toBe('The database is busy. Try again in a moment.')
      const delay = monitorEventLoopDelay({ resolution: 5 })
      delay.enable()
      const inTransaction = database.fork().transactional((tx) => tx.insert(MeetingRecord, newMeeting()))
      expect(await sentenceOf(inTransaction)).toBe('The database is busy. Try again in a moment.')
      delay.disable()
      // A process that waits for the file must not hold up everyone's calls.
      expect(delay.max / 1e6).toBeLessThan(patient(1000))
      await holder.release()
      await expectWhole(database)
    },
  )

  it(
    'waits no longer than its limit for a transaction that does not end',
    { timeout: patient(60_000) },
    async () => {
      const database = await open(await create())
      const holder = holdTransaction(database)
      await holder.hasBegun
      expect(await sentenceOf(add(database))).toBe('The database is busy. Try again in a moment.')
      await holder.release()
      await expectWhole(database)
    },
  )

  it('knows when its file is gone for good', async () => {
    const options = await create()
    const database = await open(options)
    expect(database.isBeyondRepair()).toBe(false)
    rmSync(fileOf(options))
    expect(database.isBeyondRepair()).toBe(true)
    await open(options)
    expect(existsSync(fileOf(options))).toBe(true)
    expect(database.isBeyondRepair()).toBe(true)
  })
})

it('covers every dialect', () => {
  expect(Object.keys(on)).toEqual(dialects)
})

import { randomUUID } from 'node:crypto'
import { MeetingId, ParticipantId, UserId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { createLogger } from '../../platform/logger.ts'
import { QualityLog, type QualityLogOptions, type Reporter } from './quality-log.ts'
import type { StoredQuality } from './quality-store.ts'

const meetingId = MeetingId.parse(randomUUID())
const userId = UserId.parse(randomUUID())

const BEGINNING = new Date('2026-07-04T12:00:00.000Z')

let now: Date
let rows: Map<string, StoredQuality>
let saves: number
let log: QualityLog

beforeEach(() => {
  rows = new Map()
  saves = 0
  now = BEGINNING
  const store: QualityLogOptions['store'] = {
    async save(quality) {
      saves += 1
      rows.set(quality.id, quality)
    },
    listOfUser: async (id) => [...rows.values()].filter((row) => row.userId === id),
  }
  log = new QualityLog({ store, log: createLogger({ level: 'silent' }), now: () => now })
})

const somebody = (name: string, change: Partial<Reporter> = {}): Reporter => ({
  meetingId,
  participantId: ParticipantId.parse(randomUUID()),
  personKey: name,
  userId: null,
  name,
  ...change,
})

it('keeps when each report began, and when the last one ended', async () => {
  const ana = somebody('Ana')
  log.add(ana, createStatsReport())
  now = new Date(now.getTime() + 10_000)
  log.add(ana, createStatsReport())
  now = new Date(now.getTime() + 60_000)
  log.add({ ...ana, name: 'Ana B.' }, createStatsReport({ seconds: 5 }))
  log.left(ana)
  await log.close()
  const [row] = rows.values()
  expect(row).toMatchObject({
    name: 'Ana B.',
    startedAt: new Date(BEGINNING.getTime() - 10_000),
    endedAt: now,
  })
  expect(row?.points.map(({ at }) => at)).toEqual([0, 10, 75])
})

it('writes what is new and no more, in one row for each stay', async () => {
  const ana = somebody('Ana')
  log.add(ana, createStatsReport())
  log.add(ana, createStatsReport())
  await log.flush()
  await log.flush()
  expect(saves).toBe(1)
  log.add(ana, createStatsReport())
  log.left(ana)
  log.left(ana)
  await log.close()
  expect(saves).toBe(2)
  expect([...rows.values()].map(({ points }) => points.length)).toEqual([3])
})

it('gives a user what is kept of them', async () => {
  log.add(somebody('Ana', { userId }), createStatsReport())
  log.add(somebody('Ben'), createStatsReport())
  expect(await log.exportOf(userId)).toEqual([
    { meetingId, name: 'Ana', startedAt: expect.any(Date), points: [{ ...createStatsReport(), at: 0 }] },
  ])
})

it('goes on when something cannot be written', async () => {
  const failing = new QualityLog({
    store: {
      save: () => Promise.reject(new Error('full')),
      listOfUser: async () => [],
    },
    log: createLogger({ level: 'silent' }),
  })
  failing.add(somebody('Ana'), createStatsReport())
  await expect(failing.close()).resolves.toBeUndefined()
})

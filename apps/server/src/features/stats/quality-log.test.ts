import { randomUUID } from 'node:crypto'
import { MeetingId, ParticipantId, UserId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { createLogger } from '../../platform/logger.ts'
import { QualityLog, type Reporter } from './quality-log.ts'
import type { QualityStore, StoredQuality } from './quality-store.ts'

const meetingId = MeetingId.parse(randomUUID())
const userId = UserId.parse(randomUUID())

let rows: Map<string, StoredQuality>
let saves: number
let log: QualityLog

beforeEach(() => {
  rows = new Map()
  saves = 0
  const store: QualityStore = {
    async save(quality) {
      saves += 1
      rows.set(quality.id, quality)
    },
    listOf: async (id) => [...rows.values()].filter((row) => row.meetingId === id),
    listOfUser: async (id) => [...rows.values()].filter((row) => row.userId === id),
  }
  log = new QualityLog({ store, log: createLogger({ level: 'silent' }) })
})

const somebody = (name: string, change: Partial<Reporter> = {}): Reporter => ({
  meetingId,
  participantId: ParticipantId.parse(randomUUID()),
  personKey: name,
  userId: null,
  name,
  ...change,
})

it('sums up how everyone was connected, over all their stays', async () => {
  const ana = somebody('Ana', { userId })
  for (const one of [
    createStatsReport(),
    createStatsReport({ level: 'poor', problem: 'loss', rttMs: 700, lossPermille: 150 }),
    createStatsReport({ way: 'links', rttMs: 40 }),
    createStatsReport({ way: 'none', rttMs: null, lossPermille: null, level: 'lost', problem: 'away' }),
    createStatsReport({
      way: 'sfu',
      relayed: true,
      protocol: 'tls',
      level: 'fair',
      problem: 'loss',
      lossPermille: 40,
    }),
  ])
    log.add(ana, one)
  log.left(ana)
  log.add(
    { ...ana, participantId: ParticipantId.parse(randomUUID()), name: 'Ana B.' },
    createStatsReport({ way: 'links' }),
  )
  log.add(somebody('Ben'), createStatsReport())
  expect(await log.summaryOf(meetingId)).toEqual([
    {
      name: 'Ana B.',
      userId,
      kind: 'user',
      seconds: 60,
      poorSeconds: 20,
      rttMs: { median: 20, worst: 700 },
      jitterMs: null,
      lossShare: { median: 0, worst: 0.15 },
      problems: [
        { problem: 'loss', seconds: 20 },
        { problem: 'away', seconds: 10 },
      ],
      ways: { links: 20, sfu: 30, relayed: 10, tcp: 10 },
      switches: 2,
    },
    expect.objectContaining({ name: 'Ben', kind: 'guest', seconds: 10, switches: 0 }),
  ])
})

it('tells nothing of other meetings', async () => {
  log.add(somebody('Ana', { meetingId: MeetingId.parse(randomUUID()) }), createStatsReport())
  expect(await log.summaryOf(meetingId)).toEqual([])
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
    { meetingId, name: 'Ana', startedAt: expect.any(Date), points: [createStatsReport()] },
  ])
})

it('goes on when something cannot be written', async () => {
  const failing = new QualityLog({
    store: {
      save: () => Promise.reject(new Error('full')),
      listOf: async () => [],
      listOfUser: async () => [],
    },
    log: createLogger({ level: 'silent' }),
  })
  failing.add(somebody('Ana'), createStatsReport())
  await expect(failing.close()).resolves.toBeUndefined()
})

import { randomUUID } from 'node:crypto'
import { type MeetingId, MeetingId as MeetingIdSchema } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { QualityRecord } from '../../src/db/entities/quality-record.ts'
import { MAX_POINTS, type QualityPoint } from '../../src/features/stats/quality-points.ts'
import { createQualityStore, type StoredQuality } from '../../src/features/stats/quality-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting, insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))

const EVER = { from: at(0), to: at(59) }

const POINT: QualityPoint = {
  at: 86_400,
  seconds: 10,
  level: 'poor',
  problem: 'loss',
  rttMs: 60_000,
  jitterMs: null,
  lossPermille: 1000,
  sentKbps: 1_000_000,
  receivedKbps: 1_000_000,
  sentHeight: 10_000,
  receivedHeight: null,
  way: 'links',
  relayed: true,
  protocol: 'tcp',
  saving: true,
}

const newQuality = (meetingId: MeetingId, minute: number): StoredQuality => ({
  id: randomUUID(),
  meetingId,
  personKey: `guest:${randomUUID()}`,
  userId: null,
  name: 'Añejo 🎉',
  startedAt: at(minute),
  endedAt: at(minute + 1),
  points: [POINT],
})

export const testQualityStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createQualityStore(database())
  let meetingId: MeetingId
  beforeEach(async () => {
    await database().fork().nativeDelete(QualityRecord, {})
    meetingId = await insertMeeting(database())
  })
  async function save(...qualities: StoredQuality[]) {
    for (const quality of qualities) await store().save(quality)
  }

  it('keeps stays to the letter and the millisecond, in order of their beginning', async () => {
    const [second, first] = [newQuality(meetingId, 1), newQuality(meetingId, 0)]
    await save(second, first, newQuality(await insertMeeting(database()), 0))
    expect(await store().listOf(meetingId, EVER)).toEqual([first, second])
  })

  it('keeps points that cover more time than a report may', async () => {
    const long = { ...newQuality(meetingId, 0), points: [{ ...POINT, seconds: 640 }] }
    await save(long)
    expect(await store().listOf(meetingId, EVER)).toEqual([long])
  })

  it('writes what a stay has become in its place', async () => {
    const stay = newQuality(meetingId, 0)
    const longest = {
      ...stay,
      name: 'Renamed',
      endedAt: at(30),
      points: Array.from({ length: MAX_POINTS }, () => POINT),
    }
    await save(stay, longest)
    expect(await store().listOf(meetingId, EVER)).toEqual([longest])
  })

  it('lists those that began from one time to another', async () => {
    const stays = [0, 1, 2, 3].map((minute) => newQuality(meetingId, minute))
    await save(...stays)
    expect(await store().listOf(meetingId, { from: at(1), to: at(2) })).toEqual(stays.slice(1, 3))
  })

  it('names when stays were, the latest first, without what was measured', async () => {
    const stays = [0, 1, 2, 3].map((minute) => newQuality(meetingId, minute))
    await save(...stays, newQuality(await insertMeeting(database()), 1))
    const [first, second] = stays.map(({ id, startedAt, endedAt }) => ({ id, startedAt, endedAt }))
    expect(await store().spansOf(meetingId, { before: at(2), limit: 5 })).toEqual([second, first])
    expect(await store().spansOf(meetingId, { before: at(2), limit: 1 })).toEqual([second])
    expect(await store().spansOf(meetingId, { before: null, limit: 5 })).toHaveLength(4)
  })

  it('takes the beginning for the end where none was kept', async () => {
    const stay = newQuality(meetingId, 5)
    await save(stay)
    await database().fork().nativeUpdate(QualityRecord, { id: stay.id }, { endedAt: null })
    expect(await store().listOf(meetingId, EVER)).toEqual([{ ...stay, endedAt: at(5) }])
  })

  it('lists what is kept of a user', async () => {
    const userId = await insertUser(database())
    const mine = { ...newQuality(meetingId, 0), userId }
    await save(mine, newQuality(meetingId, 1))
    expect(await store().listOfUser(userId)).toEqual([mine])
  })

  it('lets them go with their meeting, and keeps nothing of one that is gone', async () => {
    await save(newQuality(meetingId, 0))
    await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
    await save(newQuality(meetingId, 1), newQuality(MeetingIdSchema.parse(randomUUID()), 1))
    expect(await database().fork().count(QualityRecord)).toBe(0)
  })

  it('finds by index', async () => {
    const userId = await insertUser(database())
    const stay = { ...newQuality(meetingId, 0), userId }
    await save(stay)
    const queries = await sqlOf(database(), async () => {
      await store().listOf(meetingId, EVER)
      await store().spansOf(meetingId, { before: at(5), limit: 5 })
      await store().listOfUser(userId)
      await store().save(stay)
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

import { randomUUID } from 'node:crypto'
import { type MeetingId, ParticipantId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { StayRecord } from '../../src/db/entities/stay-record.ts'
import { createStaysStore, type StoredStay } from '../../src/features/attendance/stays-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting, insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))

const newStay = (meetingId: MeetingId, minute: number): StoredStay => ({
  id: randomUUID(),
  meetingId,
  participantId: ParticipantId.parse(randomUUID()),
  personKey: `guest:${randomUUID()}`,
  userId: null,
  name: 'Añejo 🎉',
  role: 'guest',
  joinedAt: at(minute),
  seenAt: at(minute),
  leftAt: null,
})

export const testStaysStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createStaysStore(database())
  let meetingId: MeetingId
  beforeEach(async () => {
    await database().fork().nativeDelete(StayRecord, {})
    meetingId = await insertMeeting(database())
  })
  async function add(...stays: StoredStay[]) {
    for (const stay of stays) await store().add(stay)
  }

  it('keeps stays to the letter and the millisecond, in order of joining', async () => {
    const [second, first] = [newStay(meetingId, 1), newStay(meetingId, 0)]
    const over = { ...newStay(meetingId, 2), leftAt: at(3) }
    await add(second, first, over, newStay(await insertMeeting(database()), 0))
    expect(await store().listOf(meetingId)).toEqual([first, second, over])
  })

  it('lists the stays of a user', async () => {
    const userId = await insertUser(database())
    const mine = { ...newStay(meetingId, 0), userId }
    await add(mine, newStay(meetingId, 1))
    expect(await store().listOfUser(userId)).toEqual([mine])
  })

  it('ends one stay', async () => {
    const [one, other] = [newStay(meetingId, 0), newStay(meetingId, 1)]
    await add(one, other)
    await store().end(one.id, at(5))
    expect(await store().listOf(meetingId)).toEqual([{ ...one, seenAt: at(5), leftAt: at(5) }, other])
  })

  it('notes who was seen, in one statement', async () => {
    const [one, other] = [newStay(meetingId, 0), newStay(meetingId, 1)]
    const ended = { ...newStay(meetingId, 2), leftAt: at(2) }
    await add(one, other, ended)
    const queries = await sqlOf(database(), () => store().seen([one.id, ended.id], at(5)))
    expect(queries).toHaveLength(1)
    expect(await store().listOf(meetingId)).toEqual([
      { ...one, seenAt: at(5) },
      other,
      { ...ended, seenAt: at(5), leftAt: null },
    ])
    expect(await sqlOf(database(), () => store().seen([], at(6)))).toEqual([])
  })

  it('ends where it was last seen what nobody saw since', async () => {
    const [lost, seen] = [newStay(meetingId, 0), { ...newStay(meetingId, 1), seenAt: at(4) }]
    const over = { ...newStay(meetingId, 2), leftAt: at(3) }
    await add(lost, seen, over)
    await store().endUnseen(at(4))
    expect(await store().listOf(meetingId)).toEqual([{ ...lost, leftAt: lost.seenAt }, seen, over])
  })

  it('lets stays go with their meeting', async () => {
    await add(newStay(meetingId, 0))
    await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
    expect(await store().listOf(meetingId)).toEqual([])
  })

  it('finds by index', async () => {
    const userId = await insertUser(database())
    const stay = { ...newStay(meetingId, 0), userId }
    await add(stay)
    const queries = await sqlOf(database(), async () => {
      await store().listOf(meetingId)
      await store().listOfUser(userId)
      await store().seen([stay.id], at(1))
      await store().endUnseen(at(2))
      await store().end(stay.id, at(3))
    })
    expect(queries).toHaveLength(6)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

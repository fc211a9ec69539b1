import type { MeetingId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { CallRecord } from '../../src/db/entities/call-record.ts'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { createCallsStore } from '../../src/features/meetings/calls-store.ts'
import type { StoredCall } from '../../src/room/call-state.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))

const CALL: StoredCall = {
  since: '2026-07-04T12:00:00.089Z',
  settings: { locked: true, talk: 'presenters' },
  people: {
    'guest:1': { name: 'Añejo 🎉 "\\', role: 'presenter', grants: { admit: true, microphone: false } },
    'user:2': { removed: true },
  },
}
const NEXT: StoredCall = { since: '2026-07-04T12:00:00.089Z', settings: {}, people: {} }

export const testCallsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createCallsStore(database())
  let meetingId: MeetingId
  beforeEach(async () => {
    meetingId = await insertMeeting(database())
  })

  it('keeps what was decided in a call to the letter, for each meeting by itself', async () => {
    const other = await insertMeeting(database())
    expect(await store().find(meetingId)).toBeNull()
    await store().save(meetingId, CALL, at(1))
    await store().save(other, NEXT, at(1))
    expect(await store().find(meetingId)).toEqual(CALL)
    expect(await store().find(other)).toEqual(NEXT)
  })

  it('keeps what was saved last, and when', async () => {
    await store().save(meetingId, CALL, at(1))
    await store().save(meetingId, NEXT, at(2))
    expect(await store().find(meetingId)).toEqual(NEXT)
    const records = await database().fork().find(CallRecord, { meeting: meetingId })
    expect(records.map(({ updatedAt }) => updatedAt)).toEqual([at(2)])
  })

  it('forgets a call that is over, and no other', async () => {
    const other = await insertMeeting(database())
    for (const id of [meetingId, other]) await store().save(id, CALL, at(1))
    await store().remove(meetingId)
    await store().remove(meetingId)
    expect(await store().find(meetingId)).toBeNull()
    expect(await store().find(other)).toEqual(CALL)
  })

  it('lets a call go with its meeting', async () => {
    await store().save(meetingId, CALL, at(1))
    await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
    expect(await store().find(meetingId)).toBeNull()
  })

  it('finds by index', async () => {
    await store().save(meetingId, CALL, at(1))
    const queries = await sqlOf(database(), async () => {
      await store().find(meetingId)
      await store().remove(meetingId)
    })
    expect(queries).toHaveLength(2)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

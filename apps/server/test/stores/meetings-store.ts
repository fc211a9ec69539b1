import { randomUUID } from 'node:crypto'
import { formatMeetingCode, MEETING_CODE_ALPHABET, MeetingCode, MeetingId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { createMeetingsStore } from '../../src/features/meetings/meetings-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const letter = () => MEETING_CODE_ALPHABET[Math.floor(Math.random() * MEETING_CODE_ALPHABET.length)]

const newMeeting = () => ({
  id: MeetingId.parse(randomUUID()),
  code: formatMeetingCode(Array.from({ length: 14 }, letter).join('')),
  title: 'Añejo 🎉 "quoted" \\ and \'quoted\' 100%',
  createdAt: new Date('2026-07-04T23:59:59.089Z'),
})

export const testMeetingsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createMeetingsStore(database())

  it('keeps what it was given, to the letter and the millisecond', async () => {
    const meeting = newMeeting()
    expect(await store().add(meeting)).toBe(true)
    expect(await store().findById(meeting.id)).toEqual(meeting)
    expect(await store().findByCode(meeting.code)).toEqual(meeting)
  })

  it('knows no meeting that was not added', async () => {
    const meeting = newMeeting()
    expect(await store().findById(meeting.id)).toBeUndefined()
    expect(await store().findByCode(meeting.code)).toBeUndefined()
  })

  it('adds no meeting whose code is taken', async () => {
    const first = newMeeting()
    expect(await store().add(first)).toBe(true)
    expect(await store().add({ ...newMeeting(), code: first.code })).toBe(false)
    expect(await store().findByCode(first.code)).toEqual(first)
  })

  it('gives a code to one of those who want it at once', async () => {
    const { code } = newMeeting()
    const added = await Promise.all(Array.from({ length: 8 }, () => store().add({ ...newMeeting(), code })))
    expect(added.filter(Boolean)).toHaveLength(1)
  })

  it('tells codes apart by case', async () => {
    const meeting = newMeeting()
    await store().add(meeting)
    await database()
      .fork()
      .insert(MeetingRecord, { ...newMeeting(), code: meeting.code.toUpperCase() })
    expect(await store().findByCode(meeting.code)).toEqual(meeting)
  })

  it('finds by index', async () => {
    const meeting = newMeeting()
    await store().add(meeting)
    const queries = await sqlOf(database(), async () => {
      await store().findById(meeting.id)
      await store().findByCode(MeetingCode.parse(meeting.code))
    })
    expect(queries).toHaveLength(2)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

import { randomUUID } from 'node:crypto'
import { BanId, MeetingId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { createBansStore, type StoredBan } from '../../src/features/moderation/bans-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const newBan = (meetingId: MeetingId, minute: number): StoredBan => ({
  id: BanId.parse(randomUUID()),
  meetingId,
  personKey: `guest:${randomUUID()}`,
  address: null,
  name: 'Añejo 🎉'.repeat(8).slice(0, 64),
  by: 'ü'.repeat(64),
  at: new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89)),
})

const NETWORK = '2001:db8:1:2::/64'
const ELSEWHERE = '203.0.113.7'

export const testBansStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createBansStore(database())
  let meetingId: MeetingId
  beforeEach(async () => {
    meetingId = await insertMeeting(database())
  })
  const add = async (...bans: StoredBan[]) => {
    for (const ban of bans) await store().add(ban)
  }

  it('keeps bans to the letter and the millisecond, the newest first', async () => {
    const [first, second] = [newBan(meetingId, 1), { ...newBan(meetingId, 2), address: NETWORK }]
    const otherMeeting = newBan(await insertMeeting(database()), 3)
    await add(first, second, otherMeeting)
    expect(await store().list(meetingId)).toEqual([second, first])
    expect(await store().list(MeetingId.parse(randomUUID()))).toEqual([])
  })

  it('lists those of the same moment in one order', async () => {
    const bans = [newBan(meetingId, 1), newBan(meetingId, 1), newBan(meetingId, 1)]
    await add(...bans)
    const listed = await store().list(meetingId)
    expect(listed).toEqual(bans.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  })

  it('keeps out a person wherever they come from, in this meeting alone', async () => {
    const ban = newBan(meetingId, 1)
    const other = await insertMeeting(database())
    await add(ban)
    const { personKey: key } = ban
    expect(await store().holds(meetingId, { key, address: ELSEWHERE })).toBe(true)
    expect(await store().holds(other, { key, address: ELSEWHERE })).toBe(false)
    expect(await store().holds(meetingId, { key: 'guest:1', address: ELSEWHERE })).toBe(false)
    expect(await store().holds(meetingId, { key: key.toUpperCase(), address: ELSEWHERE })).toBe(false)
  })

  it('keeps out everyone from a network that is banned with a person', async () => {
    await add({ ...newBan(meetingId, 1), address: NETWORK })
    expect(await store().holds(meetingId, { key: 'guest:1', address: NETWORK })).toBe(true)
    expect(await store().holds(meetingId, { key: 'guest:1', address: ELSEWHERE })).toBe(false)
  })

  it('lifts one ban, and none of another meeting', async () => {
    const [lifted, kept] = [newBan(meetingId, 1), newBan(meetingId, 2)]
    await add(lifted, kept)
    await store().remove(await insertMeeting(database()), kept.id)
    await store().remove(meetingId, lifted.id)
    await store().remove(meetingId, lifted.id)
    expect(await store().list(meetingId)).toEqual([kept])
    expect(await store().holds(meetingId, { key: lifted.personKey, address: ELSEWHERE })).toBe(false)
  })

  it('lets bans go with their meeting', async () => {
    await add(newBan(meetingId, 1))
    await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
    expect(await store().list(meetingId)).toEqual([])
  })

  it('finds by index', async () => {
    const ban = newBan(meetingId, 1)
    await add(ban)
    const queries = await sqlOf(database(), async () => {
      await store().list(meetingId)
      await store().holds(meetingId, { key: ban.personKey, address: ELSEWHERE })
      await store().remove(meetingId, ban.id)
    })
    expect(queries).toHaveLength(3)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

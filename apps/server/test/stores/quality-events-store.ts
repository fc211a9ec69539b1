import { randomUUID } from 'node:crypto'
import { type MeetingId, MeetingId as MeetingIdSchema, type QualityEvent } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { QualityEventRecord } from '../../src/db/entities/quality-event-record.ts'
import {
  createQualityEventsStore,
  type EventPerson,
  type StoredEvent,
} from '../../src/features/stats/quality-events-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting, insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))
const EVER = { from: at(0), until: null }

const somebody = (change: Partial<EventPerson> = {}): EventPerson => ({
  personKey: `guest:${randomUUID()}`,
  userId: null,
  name: 'Añejo 🎉',
  ...change,
})

const ofAll = (minute: number): StoredEvent => ({
  id: randomUUID(),
  meetingId: MeetingIdSchema.parse(randomUUID()),
  person: null,
  event: { kind: 'topology', at: at(minute).toISOString(), from: null, to: 'sfu', reason: 'many_people' },
})

const of = (person: EventPerson, minute: number): StoredEvent => ({
  ...ofAll(minute),
  person,
  event: { kind: 'poor', at: at(minute).toISOString(), name: person.name, problem: 'loss' },
})

export const testQualityEventsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createQualityEventsStore(database())
  let meetingId: MeetingId
  beforeEach(async () => {
    await database().fork().nativeDelete(QualityEventRecord, {})
    meetingId = await insertMeeting(database())
  })
  async function add(...events: StoredEvent[]): Promise<StoredEvent[]> {
    const here = events.map((event) => ({ ...event, meetingId }))
    await store().add(meetingId, here)
    return here
  }

  it('keeps events to the letter and the millisecond, the oldest first', async () => {
    const [second, first] = await add(of(somebody(), 1), ofAll(0))
    await store().add(await insertMeeting(database()), [ofAll(0)])
    expect(await store().listOf(meetingId, EVER)).toEqual([first, second])
  })

  it('keeps every kind as it was', async () => {
    const person = somebody()
    const { name } = person
    const when = at(0).toISOString()
    const about: QualityEvent[] = [
      { kind: 'poor', at: when, name, problem: null },
      { kind: 'recovered', at: when, name, seconds: 20 },
      { kind: 'saving', at: when, name },
      { kind: 'saving_ended', at: when, name, seconds: 90 },
      { kind: 'away', at: when, name },
      { kind: 'back', at: when, name, seconds: 3 },
      { kind: 'gone', at: when, name, seconds: 120 },
    ]
    const all: QualityEvent[] = [
      { kind: 'topology', at: when, from: 'mesh', to: 'sfu', reason: 'link_failed' },
      { kind: 'media_replaced', at: when },
      { kind: 'full', at: when },
    ]
    await add(
      ...about.map((event) => ({ ...of(person, 0), event })),
      ...all.map((event) => ({ ...ofAll(0), event })),
    )
    const kept = (await store().listOf(meetingId, EVER)).map(({ event }) => event)
    expect(kept).toHaveLength(10)
    expect(kept).toEqual(expect.arrayContaining([...about, ...all]))
  })

  it('lists those from one time until before another', async () => {
    const [, second] = await add(ofAll(0), ofAll(1), ofAll(2))
    expect(await store().listOf(meetingId, { from: at(1), until: at(2) })).toEqual([second])
  })

  it('lists what is kept of a user', async () => {
    const userId = await insertUser(database())
    const [mine] = await add(of(somebody({ userId }), 0), of(somebody(), 1), ofAll(2))
    expect(await store().listOfUser(userId)).toEqual([mine])
  })

  it('lets them go with their meeting, and keeps nothing of one that is gone', async () => {
    await add(ofAll(0))
    await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
    await add(ofAll(1))
    expect(await database().fork().count(QualityEventRecord)).toBe(0)
  })

  it('finds by index', async () => {
    const userId = await insertUser(database())
    await add(of(somebody({ userId }), 0))
    const queries = await sqlOf(database(), async () => {
      await store().listOf(meetingId, { from: at(0), until: at(1) })
      await store().listOfUser(userId)
    })
    expect(queries).toHaveLength(2)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}

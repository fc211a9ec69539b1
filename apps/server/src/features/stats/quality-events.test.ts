import { randomUUID } from 'node:crypto'
import { MeetingId, type QualityEvent } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { createLogger } from '../../platform/logger.ts'
import type { EventPerson, QualityEventsStore, StoredEvent } from './quality-events-store.ts'
import { MAX_EVENTS, MAX_EVENTS_OF_ONE, QualityEvents } from './quality-events.ts'

const meetingId = MeetingId.parse(randomUUID())
const EVER = { from: new Date(0), until: null }
const AT = new Date('2026-07-04T12:00:00.000Z').toISOString()
const REPLACED: QualityEvent = { kind: 'media_replaced', at: AT }

const somebody = (name: string): EventPerson => ({ personKey: name, userId: null, name })
const away = ({ name }: EventPerson): QualityEvent => ({ kind: 'away', at: AT, name })

let rows: StoredEvent[]
let writes: number
let events: QualityEvents

const storeWith = (add: QualityEventsStore['add']): QualityEventsStore => ({
  add,
  listOf: async (id) => rows.filter((row) => row.meetingId === id),
  listOfUser: async () => [],
})

beforeEach(() => {
  rows = []
  writes = 0
  const store = storeWith(async (id, added) => {
    writes += 1
    rows.push(...added.map((event) => ({ ...event, meetingId: id })))
  })
  events = new QualityEvents({ store, log: createLogger({ level: 'silent' }) })
})

it('writes nothing while things happen, and once for each meeting later', async () => {
  const other = MeetingId.parse(randomUUID())
  for (const id of [meetingId, meetingId, other]) events.add(id, REPLACED, null)
  expect(writes).toBe(0)
  await events.flush()
  await events.flush()
  expect(writes).toBe(2)
  expect(await events.listOf(other, EVER)).toMatchObject([{ event: REPLACED, person: null }])
})

it('has what just happened in its lists', async () => {
  const ana = somebody('Ana')
  events.add(meetingId, away(ana), ana)
  expect(await events.listOf(meetingId, EVER)).toMatchObject([{ event: away(ana), person: ana }])
})

it('keeps so much of a call, and says when that is all', async () => {
  for (let count = 0; count < MAX_EVENTS + 50; count += 1) events.add(meetingId, REPLACED, null)
  const kept = (await events.listOf(meetingId, EVER)).map(({ event }) => event.kind)
  expect(kept).toHaveLength(MAX_EVENTS + 1)
  expect(kept.at(-1)).toBe('full')
  events.callEnded(meetingId)
  events.add(meetingId, REPLACED, null)
  expect(await events.listOf(meetingId, EVER)).toHaveLength(MAX_EVENTS + 2)
})

it('leaves room for others, whatever one does', async () => {
  const [ana, ben] = [somebody('Ana'), somebody('Ben')]
  for (let count = 0; count < MAX_EVENTS; count += 1) events.add(meetingId, away(ana), ana)
  events.add(meetingId, away(ben), ben)
  const kept = (await events.listOf(meetingId, EVER)).map(({ person }) => person?.name)
  expect(kept).toEqual([...Array.from({ length: MAX_EVENTS_OF_ONE }, () => 'Ana'), 'Ben'])
})

it('goes on when something cannot be written', async () => {
  const failing = new QualityEvents({
    store: storeWith(() => Promise.reject(new Error('full'))),
    log: createLogger({ level: 'silent' }),
  })
  failing.add(meetingId, REPLACED, null)
  await expect(failing.close()).resolves.toBeUndefined()
})

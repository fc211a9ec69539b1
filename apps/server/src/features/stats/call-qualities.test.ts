import { randomUUID } from 'node:crypto'
import { MeetingId, type StatsReport, UserId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { CallQualities } from './call-qualities.ts'
import type { StoredEvent } from './quality-events-store.ts'
import type { StoredQuality } from './quality-store.ts'

const meetingId = MeetingId.parse(randomUUID())
const userId = UserId.parse(randomUUID())
const at = (second: number) => new Date(Date.UTC(2026, 6, 4, 12) + second * 1000)
const iso = (second: number) => at(second).toISOString()

let stays: StoredQuality[]
let events: StoredEvent[]
let calls: CallQualities

beforeEach(() => {
  stays = []
  events = []
  calls = new CallQualities({
    flush: async () => undefined,
    store: {
      spansOf: async (_, { before, limit }) =>
        stays
          .filter(({ startedAt }) => before === null || startedAt < before)
          .toSorted((a, b) => Number(b.startedAt) - Number(a.startedAt))
          .slice(0, limit),
      listOf: async (_, { from, to }) =>
        stays.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
    },
    events: {
      listOf: async (_, { from, until }) =>
        events.filter(({ event }) => new Date(event.at) >= from && (!until || new Date(event.at) < until)),
    },
  })
})

function stay(name: string, second: number, reports: readonly Partial<StatsReport>[]): void {
  const points = reports.map((report, index) => ({ ...createStatsReport(report), at: index * 10 }))
  const endedAt = at(second + points.length * 10)
  const personKey = name.slice(0, 3)
  const whose = { personKey, userId: personKey === 'Ana' ? userId : null, name }
  stays.push({ id: randomUUID(), meetingId, ...whose, startedAt: at(second), endedAt, points })
}

function back(name: string, second: number): void {
  events.push({
    id: randomUUID(),
    meetingId,
    person: { personKey: name, userId: null, name },
    event: { kind: 'back', at: iso(second), name, seconds: 3 },
  })
}

it('sums up how everyone was connected, over all their stays', async () => {
  stay('Ana', 0, [
    {},
    { level: 'poor', problem: 'loss', rttMs: 700, lossPermille: 150, sentHeight: 180 },
    { way: 'links', rttMs: 40, sentKbps: 1000 },
    { way: 'none', rttMs: null, lossPermille: null, level: 'lost', problem: 'away', sentHeight: null },
    { relayed: true, protocol: 'tls', level: 'fair', problem: 'loss', lossPermille: 40 },
  ])
  stay('Ana B.', 60, [{ way: 'links' }])
  stay('Ben', 10, [{}])
  back('Ana', 55)
  expect(await calls.list(meetingId, {})).toEqual({
    items: [
      {
        startedAt: iso(0),
        endedAt: iso(70),
        people: [
          {
            name: 'Ana B.',
            userId,
            kind: 'user',
            seconds: 60,
            fairSeconds: 10,
            poorSeconds: 20,
            rttMs: { median: 20, worst: 700 },
            jitterMs: null,
            lossShare: { median: 0, worst: 0.15 },
            sentKbps: 583,
            receivedKbps: 900,
            sentHeight: 360,
            receivedHeight: 720,
            problems: [
              { problem: 'loss', seconds: 20 },
              { problem: 'away', seconds: 10 },
            ],
            worstStretch: { from: iso(10), to: iso(20), level: 'poor', problem: 'loss' },
            ways: { links: 20, sfu: 30, relayed: 10, tcp: 10 },
            switches: 2,
            reconnects: 1,
          },
          expect.objectContaining({
            name: 'Ben',
            kind: 'guest',
            seconds: 10,
            switches: 0,
            reconnects: 0,
            worstStretch: null,
          }),
        ],
        events: [{ kind: 'back', at: iso(55), name: 'Ana', seconds: 3 }],
      },
    ],
    nextCursor: null,
  })
})

it('finds the longest time that was bad, with the worst of it', async () => {
  const [good, poor, lost] = [
    {},
    { level: 'poor', problem: 'delay' },
    { level: 'lost', problem: 'silence' },
  ] as const
  stay('Ana', 0, [poor, good, poor, lost, poor, good, poor])
  const [call] = (await calls.list(meetingId, {})).items
  expect(call?.people[0]?.worstStretch).toEqual({
    from: iso(20),
    to: iso(50),
    level: 'lost',
    problem: 'silence',
  })
})

it('tells calls apart, the latest first, each with what happened in it', async () => {
  const HOUR = 3600
  for (const hour of [0, 1, 2, 3, 4]) {
    stay('Ana', hour * HOUR, [{}])
    // Before the first report, and long after the last one.
    back('Ana', hour * HOUR - 5)
    back('Ana', hour * HOUR + 1800)
  }
  const first = await calls.list(meetingId, { limit: 2 })
  expect(first.items.map(({ startedAt }) => startedAt)).toEqual([iso(4 * HOUR), iso(3 * HOUR)])
  const cursor = first.nextCursor ?? undefined
  const second = await calls.list(meetingId, { limit: 3, cursor })
  expect(second.items.map(({ startedAt }) => startedAt)).toEqual([iso(2 * HOUR), iso(HOUR), iso(0)])
  expect(second.nextCursor).toBeNull()
  for (const { people, events: happened } of [...first.items, ...second.items]) {
    expect(people).toHaveLength(1)
    expect(happened).toHaveLength(2)
  }
})

it('puts no more calls together than ten at once', async () => {
  for (let hour = 0; hour < 12; hour += 1) stay('Ana', hour * 3600, [{}])
  const page = await calls.list(meetingId, { limit: 100 })
  expect(page.items).toHaveLength(10)
  expect((await calls.list(meetingId, { cursor: page.nextCursor ?? undefined })).items).toHaveLength(2)
  expect((await calls.exportCsv(meetingId)).split('\r\n')).toHaveLength(1 + 12 + 1)
})

it('gives a file that no spreadsheet takes for formulas', async () => {
  stay('=1+1', 0, [
    { level: 'poor', problem: 'loss', lossPermille: 100 },
    { way: 'links', jitterMs: 4 },
  ])
  const [heading, line, ...rest] = (await calls.exportCsv(meetingId)).split('\r\n')
  const cells = new Map(
    heading
      ?.slice(1)
      .split(',')
      .map((name, index) => [name, line?.split(',')[index]]),
  )
  expect(Object.fromEntries(cells)).toMatchObject({
    Call: iso(0),
    Name: "'=1+1",
    'Account or guest': 'guest',
    'Minutes measured': '0.3',
    'Minutes poor': '0.2',
    'Longest poor from': iso(0),
    'Main problem': 'loss',
    'Worst loss %': '10.0',
    'Jitter ms': '4',
    'Height of received picture': '720',
    'Minutes direct': '0.2',
    'Changes of way': '1',
    Reconnects: '0',
  })
  expect(rest).toEqual([''])
})

it('says that nothing was measured by saying nothing', async () => {
  expect(await calls.list(meetingId, {})).toEqual({ items: [], nextCursor: null })
})

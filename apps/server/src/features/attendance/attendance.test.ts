import { randomUUID } from 'node:crypto'
import { type MeetingId, ParticipantId, type UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertMeeting, insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { type Arrival, Attendance } from './attendance.ts'
import { createStaysStore, type StaysStore } from './stays-store.ts'

const BEGIN = Date.UTC(2026, 2, 4, 9)
const iso = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString()

describe('attendance', () => {
  let database: Database
  let store: StaysStore
  let ana: UserId
  let meetingId: MeetingId
  let seconds: number
  let attendance: Attendance
  const log = createLogger({ level: 'silent' })
  const startServer = () => new Attendance({ store, log, now: () => new Date(BEGIN + seconds * 1000) })
  beforeEach(async () => {
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    store = createStaysStore(database)
    ana = await insertUser(database)
    meetingId = await insertMeeting(database, { owner: ana })
    seconds = 0
    attendance = startServer()
  })
  afterEach(() => database.close())

  const arrival = (change: Partial<Arrival> = {}): Arrival => ({
    meetingId,
    participantId: ParticipantId.parse(randomUUID()),
    personKey: `user:${ana}`,
    userId: ana,
    name: 'Ana',
    role: 'host',
    ...change,
  })
  const guest = () => arrival({ personKey: 'guest:1', userId: null, name: 'Bo', role: 'guest' })

  it('tells who is there, and who was', async () => {
    const [host, visitor] = [arrival(), guest()]
    attendance.joined(host)
    seconds = 10
    attendance.joined(visitor)
    seconds = 70
    attendance.left(visitor)
    seconds = 100
    expect(await attendance.list(meetingId)).toMatchObject([
      { name: 'Ana', kind: 'user', role: 'host', joinedAt: iso(0), leftAt: null, seconds: 100 },
      { name: 'Bo', kind: 'guest', role: 'guest', joinedAt: iso(10), leftAt: iso(70), seconds: 60 },
    ])
    expect(await attendance.list(await insertMeeting(database))).toEqual([])
  })

  it('counts the same seat once when somebody comes back to it', async () => {
    const host = arrival()
    attendance.joined(host)
    seconds = 60
    attendance.left(host)
    seconds = 100
    attendance.joined({ ...host, name: 'Ana B.' })
    seconds = 160
    attendance.left(host)
    expect(await attendance.list(meetingId)).toMatchObject([
      { participantId: host.participantId, name: 'Ana B.', seconds: 160, stays: [{ leftAt: iso(160) }] },
    ])
  })

  it('ends when somebody was lost, not when their seat was given up', async () => {
    const host = arrival()
    attendance.joined(host)
    seconds = 60
    const lostAt = new Date(iso(seconds))
    seconds = 120
    await attendance.look()
    seconds = 180
    attendance.left(host, lostAt)
    expect(await attendance.list(meetingId)).toMatchObject([{ leftAt: iso(60), seconds: 60 }])
  })

  it('takes no notice of who leaves without having come', async () => {
    attendance.left(arrival())
    expect(await attendance.list(meetingId)).toEqual([])
  })

  it('ends where people were last seen when the server dies', async () => {
    attendance.joined(arrival())
    seconds = 1
    attendance.joined(guest())
    seconds = 30
    await attendance.look()
    seconds = 300
    const restarted = startServer()
    await restarted.look()
    expect(await restarted.list(meetingId)).toMatchObject([
      { name: 'Ana', leftAt: iso(30), seconds: 30 },
      { name: 'Bo', leftAt: iso(30), seconds: 29 },
    ])
  })

  it('does not keep those in the call who did not come back after a quick restart', async () => {
    const [host, visitor] = [arrival(), guest()]
    attendance.joined(host)
    seconds = 1
    attendance.joined(visitor)
    seconds = 30
    await attendance.look()
    seconds = 40
    const restarted = startServer()
    await restarted.look()
    restarted.joined(host)
    for (; seconds <= 160; seconds += 30) await restarted.look()
    expect(await restarted.list(meetingId)).toMatchObject([
      { name: 'Ana', leftAt: null, stays: [{ joinedAt: iso(0) }] },
      { name: 'Bo', leftAt: iso(30) },
    ])
  })

  it('leaves alone who is in a call on another node', async () => {
    const other = startServer()
    other.joined(guest())
    seconds = 30
    await other.look()
    seconds = 110
    await attendance.look()
    expect(await attendance.list(meetingId)).toMatchObject([{ name: 'Bo', leftAt: null }])
  })

  it('goes on when a node was so slow that it was taken for dead', async () => {
    const visitor = guest()
    attendance.joined(visitor)
    seconds = 200
    await startServer().look()
    expect(await attendance.list(meetingId)).toMatchObject([{ leftAt: iso(0) }])
    await attendance.look()
    expect(await attendance.list(meetingId)).toMatchObject([{ leftAt: null, seconds: 200 }])
  })

  it('is written down before the server closes', async () => {
    const host = arrival()
    attendance.joined(host)
    seconds = 5
    attendance.left(host)
    await attendance.close()
    expect(await store.listOf(meetingId)).toMatchObject([{ leftAt: new Date(iso(5)) }])
  })

  it('goes on after a failure of the database', async () => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const broken = { ...store, add: () => Promise.reject(new Error('disk full')) }
    const failing = new Attendance({ store: broken, log: createLogger({ level: 'error', destination }) })
    failing.joined(arrival())
    expect(await failing.list(meetingId)).toEqual([])
    expect(lines.join()).toContain('disk full')
  })

  it('is part of what a user takes with them, as far as it is theirs', async () => {
    attendance.joined(arrival())
    attendance.joined(guest())
    await attendance.close()
    expect(await attendance.exportOf(ana)).toEqual([
      { meetingId, name: 'Ana', role: 'host', joinedAt: new Date(iso(0)), leftAt: null },
    ])
  })
})

import { randomUUID } from 'node:crypto'
import { MeetingId, ParticipantId, UserId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { attendanceCsv } from './attendance-csv.ts'
import { attendeesOf } from './attendees.ts'
import type { StoredStay } from './stays-store.ts'

const BEGIN = Date.UTC(2026, 2, 4, 9)
const at = (seconds: number) => new Date(BEGIN + seconds * 1000)
const iso = (seconds: number) => at(seconds).toISOString()
const NOW = at(3600)
const meetingId = MeetingId.parse(randomUUID())

/** @param to null: still there */
function stay(from: number, to: number | null, change: Partial<StoredStay> = {}): StoredStay {
  return {
    id: randomUUID(),
    meetingId,
    participantId: ParticipantId.parse(randomUUID()),
    personKey: 'guest:1',
    userId: null,
    name: 'Bo',
    role: 'guest',
    joinedAt: at(from),
    seenAt: at(to ?? from),
    leftAt: to === null ? null : at(to),
    ...change,
  }
}

describe('attendees', () => {
  it('are listed once, in order of their first joining, as they were last', () => {
    const userId = UserId.parse(randomUUID())
    const ana = { personKey: `user:${userId}`, userId, role: 'host' }
    const stays = [
      stay(0, 100, { ...ana, name: 'Ana' }),
      stay(5, 200),
      stay(1000, 1500, { ...ana, name: 'Ana B.' }),
    ]
    expect(attendeesOf(stays, NOW)).toEqual([
      {
        participantId: stays[0]?.participantId,
        name: 'Ana B.',
        userId,
        kind: 'user',
        role: 'host',
        joinedAt: iso(0),
        leftAt: iso(1500),
        seconds: 600,
        stays: [
          { joinedAt: iso(0), leftAt: iso(100) },
          { joinedAt: iso(1000), leftAt: iso(1500) },
        ],
      },
      expect.objectContaining({ name: 'Bo', kind: 'guest', userId: null, seconds: 195 }),
    ])
  })

  it.each([
    ['back at once', 100, 1],
    ['back within two minutes', 220, 1],
    ['back later', 221, 2],
  ])('who were lost and are %s were away no more than that', (_, back, count) => {
    const [attendee] = attendeesOf([stay(0, 100), stay(back, 400)], NOW)
    expect(attendee?.stays).toHaveLength(count)
    expect(attendee?.seconds).toBe(count === 1 ? 400 : 100 + 400 - back)
    expect(attendee).toMatchObject({ joinedAt: iso(0), leftAt: iso(400) })
  })

  it('on two devices at once were there once', () => {
    const [attendee] = attendeesOf([stay(0, 500), stay(10, 50), stay(400, 900)], NOW)
    expect(attendee?.stays).toEqual([{ joinedAt: iso(0), leftAt: iso(900) }])
    expect(attendee?.seconds).toBe(900)
  })

  it('who are in the call have not left, and their time goes on', () => {
    const [attendee] = attendeesOf([stay(0, 100), stay(3000, null)], NOW)
    expect(attendee).toMatchObject({ leftAt: null, seconds: 700 })
    expect(attendee?.stays).toMatchObject([{ leftAt: iso(100) }, { leftAt: null }])
  })

  it('who left with one device are in the call with the other', () => {
    const [attendee] = attendeesOf([stay(0, null), stay(10, 50)], NOW)
    expect(attendee).toMatchObject({ leftAt: null, seconds: 3600, stays: [{ joinedAt: iso(0) }] })
  })

  it('are none when nobody came', () => {
    expect(attendeesOf([], NOW)).toEqual([])
  })
})

describe('attendance as CSV', () => {
  const linesOf = (stays: readonly StoredStay[]) => {
    const csv = attendanceCsv(attendeesOf(stays, NOW))
    expect(csv.startsWith('\ufeff')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    return csv.slice(1, -2).split('\r\n')
  }

  it('has a line per person', () => {
    const userId = UserId.parse(randomUUID())
    const ana = { personKey: 'user:1', userId, name: 'Ana', role: 'host' }
    expect(linesOf([stay(0, 90, ana), stay(60, null)])).toEqual([
      'Name,Account or guest,Role,Joined,Left,Minutes',
      'Ana,account,host,2026-03-04T09:00:00.000Z,2026-03-04T09:01:30.000Z,1.5',
      'Bo,guest,guest,2026-03-04T09:01:00.000Z,,59.0',
    ])
  })

  it('has its heading when nobody came', () => {
    expect(linesOf([])).toEqual(['Name,Account or guest,Role,Joined,Left,Minutes'])
  })

  it.each([
    ['Ana, Bo', '"Ana, Bo"'],
    ['Ana "the" Bo', '"Ana ""the"" Bo"'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-1', "'-1"],
    ['@sum(a1)', "'@sum(a1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['＝1+1', "'＝1+1"],
    ['=cmd|"/c calc"!a1,b', `"'=cmd|""/c calc""!a1,b"`],
    ["O'Neil", "O'Neil"],
    ['a=b', 'a=b'],
  ])('holds the name %j as %j', (name, cell) => {
    const [, line] = linesOf([stay(0, 60, { name })])
    expect(line).toBe(`${cell},guest,guest,2026-03-04T09:00:00.000Z,2026-03-04T09:01:00.000Z,1.0`)
  })
})

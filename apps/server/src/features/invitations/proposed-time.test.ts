import { describe, expect, it } from 'vitest'
import { proposedSchedule } from './proposed-time.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
/** A Tuesday, 9 o'clock in Vienna. */
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }
const WEDNESDAY = { ...TUESDAY, startsAt: '2026-03-11T13:00:00.000Z', durationMinutes: 30 }

const propose = (proposal: typeof TUESDAY & { recurrence?: string }, recurrence?: string) =>
  proposedSchedule(proposal, recurrence === undefined ? TUESDAY : { ...TUESDAY, recurrence }, NOW)

describe('a proposed time', () => {
  it('is one to which the meeting can move', () => {
    expect(propose(WEDNESDAY)).toEqual(WEDNESDAY)
  })

  it('does not make a meeting repeat, nor stop it from that', () => {
    expect(propose({ ...WEDNESDAY, recurrence: 'FREQ=DAILY' })).toEqual(WEDNESDAY)
    expect(propose({ ...WEDNESDAY, recurrence: 'FREQ=MONTHLY' }, 'FREQ=DAILY;COUNT=3')).toEqual({
      ...WEDNESDAY,
      recurrence: 'FREQ=DAILY;COUNT=3',
    })
  })

  it.each([
    ['FREQ=WEEKLY;BYDAY=TU', 'FREQ=WEEKLY;BYDAY=WE'],
    ['FREQ=WEEKLY;COUNT=10;BYDAY=TU;WKST=MO', 'FREQ=WEEKLY;COUNT=10;BYDAY=WE;WKST=MO'],
    ['FREQ=WEEKLY', 'FREQ=WEEKLY'],
    ['FREQ=WEEKLY;BYDAY=TU,WE', 'FREQ=WEEKLY;BYDAY=TU,WE'],
  ])('makes of %s every week %s', (recurrence, moved) => {
    expect(propose(WEDNESDAY, recurrence).recurrence).toBe(moved)
  })

  it('stays in the zone of the meeting, wherever it was proposed from', () => {
    // Monday evening in New York, Tuesday in Vienna.
    const late = { ...TUESDAY, startsAt: '2026-03-17T00:30:00.000Z', timeZone: 'America/New_York' }
    expect(propose(late, 'FREQ=WEEKLY;BYDAY=MO')).toEqual({
      ...late,
      timeZone: 'Europe/Vienna',
      recurrence: 'FREQ=WEEKLY;BYDAY=TU',
    })
  })

  it.each(['FREQ=WEEKLY;BYDAY=TU,TH', 'FREQ=MONTHLY;BYDAY=2TU', 'FREQ=WEEKLY;UNTIL=20260310;BYDAY=TU'])(
    'on a day that is none of %s is refused',
    (recurrence) => {
      expect(() => propose(WEDNESDAY, recurrence)).toThrow(
        expect.objectContaining({
          code: 'bad_request',
          message: expect.stringContaining('on one of its days'),
        }),
      )
    },
  )

  it.each([
    ['is over', { ...TUESDAY, startsAt: '2026-03-04T04:00:00.000Z' }, 'this time is over'],
    [
      'is that of the meeting',
      { ...TUESDAY, startsAt: '2026-03-10T08:00:00Z' },
      'the time of the meeting already',
    ],
  ])('that %s is refused', (_, proposal, message) => {
    expect(() => propose(proposal)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(message) }),
    )
  })

  it('may be on now, or last longer', () => {
    expect(propose({ ...TUESDAY, startsAt: '2026-03-04T05:00:00.000Z' }).durationMinutes).toBe(45)
    expect(propose({ ...TUESDAY, durationMinutes: 60 }).durationMinutes).toBe(60)
  })

  it('is refused for a meeting without a time', () => {
    expect(() => proposedSchedule(WEDNESDAY, null, NOW)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
  })
})

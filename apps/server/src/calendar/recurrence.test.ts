import { describe, expect, it } from 'vitest'
import { AppError } from '../platform/errors.ts'
import { assertCanOccur, readRecurrence } from './recurrence.ts'

describe('a recurrence', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10', 'FREQ=WEEKLY;COUNT=10;BYDAY=MO,WE'],
    [' rrule:byday=tu;freq=weekly; ', 'FREQ=WEEKLY;BYDAY=TU'],
    ['FREQ=DAILY;UNTIL=20261231', 'FREQ=DAILY;UNTIL=20261231'],
    ['FREQ=DAILY;UNTIL=20261231T235959Z;', 'FREQ=DAILY;UNTIL=20261231T235959Z'],
    ['FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,15', 'FREQ=MONTHLY;BYMONTHDAY=-1,15'],
    ['FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO;BYSETPOS=1', 'FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO;BYSETPOS=1'],
    ['FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU'],
    ['FREQ=DAILY;COUNT=730', 'FREQ=DAILY;COUNT=730'],
  ])('%s is brought into normal form', (text, normal) => {
    expect(readRecurrence(text)).toBe(normal)
    expect(readRecurrence(normal)).toBe(normal)
  })

  it.each([
    ['', 'is not understood'],
    ['weekly', 'is not understood'],
    ['INTERVAL=2', 'FREQ is missing'],
    ['FREQ=HOURLY', 'FREQ has to be one of DAILY, WEEKLY, MONTHLY, YEARLY'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL has to be a number from 1 to 99'],
    ['FREQ=DAILY;INTERVAL=100', 'INTERVAL has to be a number from 1 to 99'],
    ['FREQ=DAILY;COUNT=731', 'COUNT is at most 730'],
    ['FREQ=DAILY;COUNT=9999', 'COUNT has to be a number from 1 to 730'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261231', 'COUNT and UNTIL do not go together'],
    ['FREQ=DAILY;UNTIL=20260230', 'there is no 20260230'],
    ['FREQ=DAILY;UNTIL=20261231T250000Z', 'there is no'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'UNTIL has to be a date such as'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'each part may be there once'],
    ['FREQ=DAILY;BYHOUR=9', '"BYHOUR" is not understood; use FREQ, INTERVAL'],
    ['FREQ=DAILY;__PROTO__=1', '"__PROTO__" is not understood'],
    ['FREQ=DAILY;constructor=1', '"CONSTRUCTOR" is not understood'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY with a number'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY does not go with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY has to be up to seven days'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY has to be days from 1 to 31'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY has to be days from 1 to 31'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH has to be months from 1 to 12'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS needs'],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1', 'BYSETPOS goes with FREQ=MONTHLY'],
    ['FREQ=DAILY\nDTSTART:20260101T000000Z', 'FREQ has to be one of'],
    ['FREQ=DAILY;COUNT=2\r\nATTENDEE:x', 'COUNT has to be'],
  ])('%j is refused with a word on why', (text, why) => {
    expect(() => readRecurrence(text)).toThrow(AppError)
    expect(() => readRecurrence(text)).toThrow(why)
  })
})

describe('assertCanOccur', () => {
  it.each([
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=-31',
    'FREQ=DAILY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31',
    'FREQ=DAILY;BYMONTHDAY=25',
  ])('refuses %s, which costs much to search in vain', (recurrence) => {
    expect(() => assertCanOccur(recurrence)).toThrow('BYMONTHDAY')
  })

  it.each(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=DAILY;BYMONTH=2'])(
    'takes %s',
    (recurrence) => {
      expect(() => assertCanOccur(recurrence)).not.toThrow()
    },
  )
})

import { describe, expect, it } from 'vitest'
import { recurrenceFrom, recurrenceInWords, recurrenceValues } from './recurrence-values.ts'

describe('a recurrence', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=12',
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=20270131',
    'FREQ=MONTHLY;BYDAY=-1FR',
  ])('%s goes into the form and comes out as it was', (rule) => {
    expect(recurrenceFrom(recurrenceValues(rule), rule)).toBe(rule)
  })

  it('is none where there is none', () => {
    expect(recurrenceFrom(recurrenceValues(undefined), undefined)).toBeUndefined()
  })

  it('is said in words', () => {
    expect(recurrenceInWords('FREQ=DAILY;COUNT=3', String)).toBe('Every day, 3 times')
    expect(recurrenceInWords('FREQ=WEEKLY;UNTIL=20270131', (iso) => iso.slice(0, 10))).toBe(
      'Every week on this day, until 2027-01-31',
    )
  })
})

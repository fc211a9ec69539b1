import { describe, expect, it } from 'vitest'
import { recurrenceInWords } from './recurrence-words.ts'

describe('recurrenceInWords', () => {
  it.each([
    ['FREQ=DAILY', 'every day'],
    ['FREQ=DAILY;INTERVAL=2', 'every 2 days'],
    ['FREQ=WEEKLY', 'every week'],
    ['FREQ=WEEKLY;BYDAY=MO', 'every week on Monday'],
    ['FREQ=WEEKLY;BYDAY=MO,WE', 'every week on Monday and Wednesday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR', 'every 2 weeks on Monday, Wednesday and Friday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'every month on the last Friday'],
    ['FREQ=MONTHLY;BYDAY=2TU', 'every month on the second Tuesday'],
    ['FREQ=MONTHLY;BYDAY=-2MO', 'every month on the second to last Monday'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'every month on the 15th'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,-1', 'every month on the 1st and the last day'],
    ['FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=22', 'every year on the 22nd in March and September'],
    ['FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR', 'every year on Friday, the 13th'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1', 'every month on the last of Monday and Tuesday'],
    ['FREQ=YEARLY;COUNT=3', 'every year, 3 times'],
    ['FREQ=WEEKLY;COUNT=1', 'every week, once'],
    ['FREQ=WEEKLY;UNTIL=20261231', 'every week, until 31 December 2026'],
    ['FREQ=WEEKLY;UNTIL=20261231T225959Z', 'every week, until 31 December 2026'],
    ['FREQ=WEEKLY;BYDAY=SU;COUNT=10', 'every week on Sunday, 10 times'],
  ])('says %s as "%s"', (rule, words) => {
    expect(recurrenceInWords(rule)).toBe(words)
  })
})

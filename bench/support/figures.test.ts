import { expect, it } from 'vitest'
import { type FaultResult, headOf, isMet, rowsOf } from './figures.ts'

const result: FaultResult = {
  fault: 'blackout',
  way: 'sfu',
  figures: [
    { what: 'sound', value: 812.4, unit: 'ms', most: 1000 },
    { what: 'picture', value: Infinity, unit: 'ms', most: 1000 },
    { what: 'made up', value: 1.234, unit: '%' },
  ],
}

it('shows each figure beside its goal', () => {
  expect(headOf(result)[0]).toBe('blackout, through the server')
  expect(rowsOf(result)).toEqual([
    ['sound', '812 ms', '≤ 1000 ms', 'met'],
    ['picture', 'never', '≤ 1000 ms', 'missed'],
    ['made up', '1.23 %', '', ''],
  ])
})

it('has no opinion where there is no goal', () => {
  expect(result.figures.map(isMet)).toEqual([true, false, null])
})

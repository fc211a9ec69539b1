import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('writes lines that spreadsheets read as UTF-8', () => {
  expect(
    csvOf([
      ['Name', 'Minutes'],
      ['Zoë', '1.5'],
    ]),
  ).toBe('\ufeffName,Minutes\r\nZoë,1.5\r\n')
})

it('quotes what would end a cell or a line', () => {
  expect(csvOf([['a,b', 'say "x"', 'two\nlines']])).toBe('\ufeff"a,b","say ""x""","two\nlines"\r\n')
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠x'])(
  'makes %j no formula',
  (text) => {
    expect(csvOf([[text]])).toBe(`\ufeff'${text}\r\n`)
  },
)

it('makes a line break at the beginning no formula either', () => {
  expect(csvOf([['\r=1']])).toBe('\ufeff"\'\r=1"\r\n')
})

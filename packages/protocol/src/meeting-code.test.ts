import { describe, expect, it } from 'vitest'
import { formatMeetingCode, parseMeetingCode } from './meeting-code.ts'

describe('parseMeetingCode', () => {
  const code = 'abcd-efghjk-mnpq'

  it.each([
    code,
    'ABCD-EFGHJK-MNPQ',
    'abcdefghjkmnpq',
    ' abcd efghjk mnpq ',
    'abcd–efghjk–mnpq',
    'https://meet.example.org/meeting/abcd-efghjk-mnpq',
    'https://meet.example.org/meeting/abcd-efghjk-mnpq?x=1#y',
    'Join me: http://localhost:3000/meeting/ABCD-efghjk-mnpq now',
  ])('finds the code in %j', (text) => {
    expect(parseMeetingCode(text)).toBe(code)
  })

  it.each([
    '',
    'abcd',
    'abcd-efghjk-mnp',
    'abcd-efghjk-mnpqr',
    'abcd-efghil-mnpq',
    'https://meet.example.org/',
  ])('finds none in %j', (text) => {
    expect(parseMeetingCode(text)).toBeNull()
  })
})

describe('formatMeetingCode', () => {
  it('groups 14 letters', () => {
    expect(formatMeetingCode('abcdefghjkmnpq')).toBe('abcd-efghjk-mnpq')
  })

  it('refuses letters outside the alphabet', () => {
    expect(() => formatMeetingCode('abcdefghijklmn')).toThrow()
  })
})

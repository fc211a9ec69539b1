import { describe, expect, it } from 'vitest'
import { EmailAddress } from './people.ts'

describe('EmailAddress', () => {
  it.each([
    [' ana@example.org ', 'ana@example.org'],
    ['Ana@Example.org', 'Ana@Example.org'],
    ['x@münchen.de', 'x@xn--mnchen-3ya.de'],
    ['x@mu\u0308nchen.de', 'x@xn--mnchen-3ya.de'],
    ['x@MÜNCHEN.de', 'x@xn--mnchen-3ya.de'],
    ['x@xn--mnchen-3ya.de', 'x@xn--mnchen-3ya.de'],
    ['info@例え.テスト', 'info@xn--r8jz45g.xn--zckzah'],
  ])('writes %j as %j', (given, expected) => {
    expect(EmailAddress.parse(given)).toBe(expected)
  })

  it.each([
    'x@',
    '@münchen.de',
    'x@mün chen.de',
    'x@münchen.de/path',
    'x@münchen.de:25',
    'x@y@münchen.de',
    'x@münchen',
    'x@\u00ad.de',
    'ä@example.org',
    'x@exam\0ple.org',
    'x@\ud800.org',
  ])('refuses %j', (given) => {
    expect(EmailAddress.safeParse(given).success).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { looksLikeLink, withoutLinks } from './link-like.ts'
import { DisplayName } from './text.ts'

describe('a name', () => {
  it.each([
    'Your account is at risk - open https://example.test/login',
    'Open evil.com now',
    'www.evil',
    'EVIL.COM',
    'evil。com',
    'evil-bank.co.uk/login',
    'http:\\\\evil',
    '192.0.2.7/login',
    'ana@example.org',
  ])('with the link in %j is refused', (name) => {
    expect(looksLikeLink(name)).toBe(true)
    expect(DisplayName.safeParse(name).success).toBe(false)
  })

  it.each([
    'Ana Berger',
    'J.R. Smith',
    'Dr. Ana-Lena Ö.',
    'St. John',
    'e.V.',
    'Müller GmbH & Co.KG',
    'Room 3.14',
    'אנה',
    '1:1 with Ben',
  ])('such as %j is accepted', (name) => {
    expect(looksLikeLink(name)).toBe(false)
    expect(DisplayName.parse(name)).toBe(name)
  })
})

describe('text without links', () => {
  it('reads the same but has nothing that a program would link', () => {
    const safe = withoutLinks('See https://example.com/a.b or evil.org, at 3.14')
    expect(looksLikeLink(safe)).toBe(false)
    expect(safe.replaceAll('\u2060', '')).toBe('See https://example.com/a.b or evil.org, at 3.14')
    expect(safe).toContain('at 3.14')
  })
})

import { describe, expect, it } from 'vitest'
import { DisplayName } from './text.ts'

describe('DisplayName', () => {
  it('is trimmed, normalised and has single spaces', () => {
    expect(DisplayName.parse('  Ame\u0301lie \n  Poulain ')).toBe('Amélie Poulain')
  })

  it.each(['', '   ', 'a'.repeat(65), 'Ana\u202Eted', 'Ana\u0007', 'An\u200Ba'])('refuses %j', (name) => {
    expect(DisplayName.safeParse(name).success).toBe(false)
  })

  it('keeps emoji and right-to-left scripts', () => {
    expect(DisplayName.parse('عمر 👩🏽‍💻')).toBe('عمر 👩🏽‍💻')
  })
})

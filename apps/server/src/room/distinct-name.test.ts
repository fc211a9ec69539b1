import { describe, expect, it } from 'vitest'
import { distinctName } from './distinct-name.ts'

describe('distinctName', () => {
  it.each([
    ['Ana', [], 'Ana'],
    ['Ana', ['Ben'], 'Ana'],
    ['Ana', ['Ana'], 'Ana (2)'],
    ['ana', ['Ana', 'Ana (2)'], 'ana (3)'],
    ['Аnа', ['Ana'], 'Аnа (2)'],
    ['Ana (2)', ['Ana', 'Ana (2)'], 'Ana (2) (2)'],
  ])('shows %j beside %j as %j', (name, others, expected) => {
    expect(distinctName({ name, role: 'guest' }, others)).toBe(expected)
  })

  it.each(['Host', 'H o s t', 'Нost', 'Moderator', 'Ana (host)', 'Ana （Host）'])(
    'says what a guest called %j is',
    (name) => {
      expect(distinctName({ name, role: 'guest' }, [])).toBe(`${name} (guest)`)
      expect(distinctName({ name, role: null }, [])).toBe(`${name} (guest)`)
      expect(distinctName({ name, role: 'participant' }, [])).toBe(`${name} (participant)`)
    },
  )

  it('leaves the names of hosts and moderators alone', () => {
    expect(distinctName({ name: 'Host', role: 'host' }, [])).toBe('Host')
    expect(distinctName({ name: 'Ana (moderator)', role: 'moderator' }, [])).toBe('Ana (moderator)')
  })
})

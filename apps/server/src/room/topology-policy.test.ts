import { describe, expect, it } from 'vitest'
import { type CallFacts, chooseTopology, type PersonFacts } from './topology-policy.ts'

const laptop: PersonFacts = { canLink: true, sends: true, isStopped: false, isPhone: false, isLimited: false }
const OPEN: CallFacts = { serverOnly: false, meshMax: 3, linkFailed: false, people: [] }
const people = (count: number, odd: Partial<PersonFacts> = {}) =>
  Array.from({ length: count }, (_, n) => (n === 0 ? { ...laptop, ...odd } : laptop))
const choose = (facts: Partial<CallFacts>) => chooseTopology({ ...OPEN, ...facts })

describe('by the number of people', () => {
  it.each([2, 3, 4, 5, 6])('with MESH_MAX=%i', (meshMax) => {
    for (let count = 0; count <= 10; count += 1) {
      const reason = count <= meshMax ? 'few_people' : 'many_people'
      const small = count <= 2 ? 'direct' : 'mesh'
      const mode = count <= meshMax ? small : 'sfu'
      expect(choose({ meshMax, people: people(count) })).toEqual({ mode, reason })
    }
  })
})

describe('goes through the server, and says why', () => {
  const reasons: [string, Partial<CallFacts>, string][] = [
    ['when it must', { serverOnly: true, people: people(2) }, 'setting'],
    ['when there are too many', { people: people(4) }, 'many_people'],
    ['when a client knows no links', { people: people(2, { canLink: false }) }, 'no_links'],
    ['when somebody only receives', { people: people(2, { sends: false }) }, 'receive_only'],
    ['when one of three has a phone', { people: people(3, { isPhone: true }) }, 'phone'],
    ['when a moderator stopped somebody', { people: people(2, { isStopped: true }) }, 'moderation'],
    ['when a link failed', { linkFailed: true, people: people(2) }, 'link_failed'],
    ['when a sender is limited', { people: people(2, { isLimited: true }) }, 'limited'],
  ]
  it.each(reasons)('%s', (_, facts, reason) => {
    expect(choose(facts)).toEqual({ mode: 'sfu', reason })
  })

  it('names the first of several', () => {
    const order = reasons.map(([, , reason]) => reason)
    for (const [first, [, some, reason]] of reasons.entries()) {
      for (const [, other] of reasons.slice(first + 1)) {
        const both = { ...some, ...other, people: merge(some.people ?? [], other.people ?? []) }
        const chosen = choose(both)
        expect(chosen.mode).toBe('sfu')
        expect(order.indexOf(chosen.reason)).toBeLessThanOrEqual(order.indexOf(reason))
      }
    }
  })
})

it('lets two phones talk directly', () => {
  expect(
    choose({
      people: [
        { ...laptop, isPhone: true },
        { ...laptop, isPhone: true },
      ],
    }).mode,
  ).toBe('direct')
})

function merge(a: readonly PersonFacts[], b: readonly PersonFacts[]): PersonFacts[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) => {
    const [one = laptop, two = laptop] = [a[n], b[n]]
    return {
      canLink: one.canLink && two.canLink,
      sends: one.sends && two.sends,
      isStopped: one.isStopped || two.isStopped,
      isPhone: one.isPhone || two.isPhone,
      isLimited: one.isLimited || two.isLimited,
    }
  })
}

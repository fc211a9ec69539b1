import type { PersonQuality } from '@video-meet/protocol'
import { describe, expect, test } from 'vitest'
import { buildPersonQuality } from '../../../../test/call-quality.ts'
import { eventSentence, figuresOf, personSentence, shares, spanText } from './quality-words.ts'

const AT = '2026-07-04T12:00:00.000Z'
const minuteOf = (iso: string) => iso.slice(11, 16)
const sentence = (change: Partial<PersonQuality>) => personSentence(buildPersonQuality(change), minuteOf)

test.each([
  [0, '0 s'],
  [89, '89 s'],
  [90, '2 min'],
  [3599, '1 h'],
  [5400, '1 h 30 min'],
])('%i seconds are %s', (seconds, words) => {
  expect(spanText(seconds)).toBe(words)
})

describe('a person', () => {
  test('who was well connected is said to be so', () => {
    expect(sentence({})).toBe('Well connected all the time.')
  })

  test('who was not has how long, when it was worst, and why', () => {
    const stretch = { from: AT, to: '2026-07-04T12:02:00.000Z', level: 'lost', problem: 'silence' } as const
    const problems = [
      { problem: 'loss', seconds: 180 },
      { problem: 'delay', seconds: 20 },
    ] as const
    expect(sentence({ poorSeconds: 180, worstStretch: stretch, problems: [...problems] })).toBe(
      'Poor for 3 min, longest from 12:00 to 12:02: some of what was sent got lost on the way.',
    )
    expect(sentence({ poorSeconds: 20, worstStretch: { ...stretch, to: AT }, reconnects: 1 })).toBe(
      'Poor for 20 s, at 12:00. The line was lost once and came back.',
    )
    expect(sentence({ fairSeconds: 30, problems: [{ problem: 'cpu', seconds: 30 }], reconnects: 2 })).toBe(
      'Fair for 30 s: the computer was busy. The line was lost and came back 2 times.',
    )
  })

  test('has shares of the time that make a whole', () => {
    expect(shares(buildPersonQuality({ seconds: 100, fairSeconds: 20, poorSeconds: 5 }))).toEqual({
      good: 0.75,
      fair: 0.2,
      poor: 0.05,
    })
    expect(shares(buildPersonQuality({ seconds: 0 }))).toEqual({ good: 1, fair: 0, poor: 0 })
  })

  test('has figures with what is worth knowing beside them', () => {
    expect(figuresOf(buildPersonQuality())).toEqual({
      way: { main: 'Direct', beside: [] },
      delay: { main: '20 ms', beside: ['up to 700 ms', 'jitter 4 ms'] },
      loss: { main: '0 %', beside: ['up to 15 %'] },
      figures: { main: '500 kbit/s sent', beside: ['1.2 Mbit/s received', 'picture 360p / –'] },
    })
    const ways = { links: 90, sfu: 30, relayed: 10, tcp: 10 }
    expect(figuresOf(buildPersonQuality({ ways })).way).toEqual({
      main: '75 % direct',
      beside: ['25 % server', 'relayed', 'over TCP'],
    })
    const unknown = buildPersonQuality({
      rttMs: null,
      jitterMs: null,
      lossShare: null,
      receivedHeight: null,
      sentHeight: null,
      ways: { links: 0, sfu: 0, relayed: 0, tcp: 0 },
    })
    expect(figuresOf(unknown)).toMatchObject({
      way: { main: '–' },
      delay: { main: '–', beside: [] },
      loss: { main: '–', beside: [] },
      figures: { beside: ['1.2 Mbit/s received'] },
    })
  })
})

describe('what happened', () => {
  test.each([
    [
      { kind: 'topology', from: null, to: 'direct', reason: 'few_people' },
      'The call begins directly, from browser to browser.',
    ],
    [
      { kind: 'topology', from: 'direct', to: 'mesh', reason: 'few_people' },
      'The call goes directly, from each to each.',
    ],
    [
      { kind: 'topology', from: 'mesh', to: 'sfu', reason: 'link_failed' },
      'The call goes through the server: two people could not connect directly.',
    ],
    [{ kind: 'poor', name: 'Ana', problem: 'gaps' }, 'Ana’s connection is poor: the sound had gaps.'],
    [{ kind: 'poor', name: 'Ana', problem: null }, 'Ana’s connection is poor.'],
    [{ kind: 'recovered', name: 'Ana', seconds: 40 }, 'Ana’s connection is good again, after 40 s.'],
    [{ kind: 'saving', name: 'Ana' }, 'Ana saves data: sound first, and one picture at most.'],
    [{ kind: 'saving_ended', name: 'Ana', seconds: 200 }, 'Ana has all pictures again, after 3 min.'],
    [{ kind: 'away', name: 'Ana' }, 'Ana’s line is lost.'],
    [{ kind: 'back', name: 'Ana', seconds: 4 }, 'Ana is back after 4 s.'],
    [{ kind: 'gone', name: 'Ana', seconds: 120 }, 'Ana has not come back within 2 min.'],
    [{ kind: 'media_replaced' }, 'The media server had a fault and was replaced; the call went on.'],
    [{ kind: 'full' }, 'So much happened that nothing more was kept.'],
  ] as const)('is said of %j', (event, words) => {
    expect(eventSentence({ ...event, at: AT })).toBe(words)
  })
})

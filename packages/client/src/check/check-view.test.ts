import { describe, expect, test } from 'vitest'
import {
  bandwidthOutcome,
  CHECK_STEPS,
  type CheckOutcome,
  type CheckStepId,
  NOT_CHECKED,
  softenWays,
  verdictOf,
} from './check-view.ts'

/** All that passed but these. */
function checked(but: Partial<Record<CheckStepId, CheckOutcome>>) {
  return {
    ...NOT_CHECKED,
    steps: softenWays(CHECK_STEPS.map((id) => ({ id, outcome: but[id] ?? 'passed', ms: 1, reason: null }))),
  }
}

describe('the verdict', () => {
  test.each([
    { what: 'all goes', but: {}, verdict: 'good' },
    { what: 'there is no TURN server', but: { relay: 'skipped' }, verdict: 'good' },
    { what: 'TCP is blocked, which is not needed', but: { tcp: 'failed' }, verdict: 'good' },
    { what: 'the TURN server fails, which is not needed', but: { relay: 'failed' }, verdict: 'good' },
    { what: 'UDP is blocked', but: { udp: 'failed' }, verdict: 'limited' },
    { what: 'only TURN goes', but: { udp: 'failed', tcp: 'failed' }, verdict: 'limited' },
    { what: 'there is no camera', but: { camera: 'failed' }, verdict: 'limited' },
    { what: 'the line is narrow', but: { bandwidth: 'failed' }, verdict: 'limited' },
    { what: 'the line is not wide', but: { bandwidth: 'warning' }, verdict: 'limited' },
    { what: 'no way goes', but: { udp: 'failed', tcp: 'failed', relay: 'failed' }, verdict: 'blocked' },
    {
      what: 'no way goes without TURN',
      but: { udp: 'failed', tcp: 'failed', relay: 'skipped' },
      verdict: 'blocked',
    },
    { what: 'the server is out of reach', but: { server: 'failed' }, verdict: 'blocked' },
  ] as const)('is $verdict when $what', ({ but, verdict }) => {
    expect(verdictOf(checked(but))).toBe(verdict)
  })
})

test('a way that fails is no failure when there is another one', () => {
  const outcomes = (but: Partial<Record<CheckStepId, CheckOutcome>>) =>
    checked(but)
      .steps.slice(4, 7)
      .map(({ outcome }) => outcome)
  expect(outcomes({ udp: 'failed' })).toEqual(['warning', 'passed', 'passed'])
  expect(outcomes({ udp: 'failed', tcp: 'failed', relay: 'skipped' })).toEqual([
    'failed',
    'failed',
    'skipped',
  ])
})

test.each([
  { upBps: 2_000_000, downBps: 2_000_000, lossShare: 0, outcome: 'passed' },
  { upBps: 999_999, downBps: 2_000_000, lossShare: 0, outcome: 'warning' },
  { upBps: 2_000_000, downBps: 999_999, lossShare: 0, outcome: 'warning' },
  { upBps: 2_000_000, downBps: 2_000_000, lossShare: 0.06, outcome: 'warning' },
  { upBps: 500_000, downBps: 500_000, lossShare: 0, growing: true, outcome: 'passed' },
  { upBps: 500_000, downBps: 500_000, lossShare: 0.06, growing: true, outcome: 'warning' },
  { upBps: 399_999, downBps: 399_999, lossShare: 0, growing: true, outcome: 'failed' },
  { upBps: 399_999, downBps: 2_000_000, lossShare: 0, outcome: 'failed' },
  { upBps: 0, downBps: 0, lossShare: 0, outcome: 'failed' },
])('$upBps up and $downBps down with a loss of $lossShare is $outcome', ({ outcome, ...measured }) => {
  expect(bandwidthOutcome({ growing: false, ...measured, rttMs: null })).toBe(outcome)
})

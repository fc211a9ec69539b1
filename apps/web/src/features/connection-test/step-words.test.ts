import type { CheckStep, CheckView } from '@video-meet/client'
import { expect, test } from 'vitest'
import { stepWords, testReport } from './step-words.ts'

const step = (change: Partial<CheckStep>): CheckStep => ({
  id: 'udp',
  outcome: 'passed',
  ms: 40,
  reason: null,
  ...change,
})

function viewOf(...steps: CheckStep[]): CheckView {
  return {
    phase: 'done',
    steps,
    bandwidth: { upBps: 450_000, downBps: 1_240_000, lossShare: 0.02, rttMs: 9, growing: false },
  }
}

test.each([
  { step: step({}), words: 'nothing' },
  { step: step({ outcome: 'running' }), words: 'nothing' },
  { step: step({ id: 'camera', outcome: 'failed', reason: 'no_device' }), words: 'No camera was found.' },
  {
    step: step({ id: 'microphone', outcome: 'failed', reason: 'timeout' }),
    words: 'Your microphone could not be started.',
  },
  { step: step({ id: 'server', outcome: 'failed', reason: 'rate_limited' }), words: /Try again in a minute/ },
  { step: step({ id: 'server', outcome: 'failed', reason: 'network' }), words: /out of reach/ },
  { step: step({ outcome: 'warning', reason: 'timeout' }), words: /does not let media through over UDP/ },
  { step: step({ outcome: 'failed', reason: 'timeout' }), words: /No media gets through/ },
  { step: step({ outcome: 'failed', reason: 'unavailable' }), words: /Try again in a minute/ },
  { step: step({ id: 'tcp', outcome: 'warning' }), words: /You do not need it/ },
  { step: step({ id: 'relay', outcome: 'skipped' }), words: 'This server uses none.' },
  { step: step({ id: 'udp', outcome: 'skipped' }), words: 'nothing' },
  {
    step: step({ id: 'bandwidth', outcome: 'warning' }),
    words: /^450 kbit\/s up, 1\.2 Mbit\/s down, 2\.0 % lost on the way\. Enough for sound/,
  },
] as const)('$step.id that is $step.outcome ($step.reason) is put into words', ({ step: it, words }) => {
  const said = stepWords(it, viewOf(it))
  expect(said ?? 'nothing').toMatch(words)
})

test('the report has every step with its time and reason', () => {
  const view = viewOf(step({}), step({ id: 'tcp', outcome: 'warning', ms: 7000, reason: 'timeout' }))
  expect(testReport(view, { browser: 'Browser 1', at: new Date(Date.UTC(2026, 0, 1)) })).toBe(
    `Video Meet, connection test, 2026-01-01T00:00:00.000Z
Browser 1

Media over UDP: works (40 ms)
Media over TCP: with a remark (7.0 s): timeout; TCP is a way around networks without UDP. You do not need it where UDP works.`,
  )
})

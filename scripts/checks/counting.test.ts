import { expect, it } from 'vitest'
import { countStories } from './playwright-suite.ts'
import { countReport } from './vitest-suite.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] }
const stats = { expected: 4, unexpected: 0, flaky: 1, skipped: 2 }

it('counts a test file that does not load as one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ]
  const result = countReport('unit', { ...report, testResults }, { code: 1, details: '' })

  expect(result).toMatchObject({ passed: 3, failed: 1, skipped: 1 })
})

it('counts a run that ended badly without a failed test', () => {
  expect(countReport('unit', report, { code: 1, details: '' })).toMatchObject({ passed: 3, failed: 1 })
  expect(countStories('stories', { stats, errors: [] }, 1)).toMatchObject({ passed: 5, failed: 1 })
})

it('counts what went wrong outside a story', () => {
  const result = countStories('stories', { stats: { ...stats, unexpected: 2 }, errors: [{}] }, 1)

  expect(result).toMatchObject({ passed: 5, failed: 3, skipped: 2 })
})

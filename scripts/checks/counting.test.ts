import { expect, it } from 'vitest'
import { failUnexplainedSkips, unexplainedSkips } from './allowed-skips.ts'
import { countStories } from './playwright-suite.ts'
import { countReport } from './vitest-suite.ts'

const report = { numPassedTests: 3, numFailedTests: 0, testResults: [] }
const stats = { expected: 4, unexpected: 0, flaky: 1 }
const suites = [
  {
    title: 'a.story.ts',
    specs: [{ title: 'one', tests: [{ status: 'expected' }] }],
    suites: [{ title: 'at night', specs: [{ title: 'two', tests: [{ status: 'skipped' }] }] }],
  },
]

it('counts a test file that does not load as one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    {
      status: 'passed',
      assertionResults: [
        { status: 'passed', fullName: 'works' },
        { status: 'pending', fullName: 'waits' },
      ],
    },
  ]
  const result = countReport('unit', { ...report, testResults }, { code: 1, details: '' })

  expect(result).toMatchObject({ passed: 3, failed: 1, skipped: ['waits'] })
})

it('counts a run that ended badly without a failed test', () => {
  expect(countReport('unit', report, { code: 1, details: '' })).toMatchObject({ passed: 3, failed: 1 })
  expect(countStories('stories', { stats, suites, errors: [] }, 1)).toMatchObject({ passed: 5, failed: 1 })
})

it('counts what went wrong outside a story', () => {
  const result = countStories('stories', { stats: { ...stats, unexpected: 2 }, suites, errors: [{}] }, 1)

  expect(result).toMatchObject({ passed: 5, failed: 3, skipped: ['at night › two'] })
})

it('fails for each skipped test that has no listed reason', () => {
  const result = { name: 'stories', passed: 5, failed: 0, skipped: ['a › one', 'b › two'], details: '' }
  const allowed = { tests: /^a ›/, reason: 'needs root' }

  expect(unexplainedSkips(result, [{ ...allowed, holds: () => true }])).toEqual(['b › two'])
  expect(unexplainedSkips(result, [{ ...allowed, holds: () => false }])).toEqual(['a › one', 'b › two'])
  expect(failUnexplainedSkips(result)).toMatchObject({ passed: 5, failed: 2 })
})

import process from 'node:process'
import type { SuiteResult } from './suite-result.ts'

interface AllowedSkip {
  /** Matches the names of the tests. */
  readonly tests: RegExp
  readonly reason: string
  /** Whether the reason holds here. */
  readonly holds: () => boolean
}

/** The tests that may be skipped. A skipped test that is not listed fails the run: nobody would notice it otherwise. */
const ALLOWED_SKIPS: readonly AllowedSkip[] = [
  {
    tests: /^(on a bad network|saving\.story\.ts|from a network that lets nobody reach the media ports) › /,
    reason: 'network namespaces can be created by root only',
    holds: () => process.getuid?.() !== 0,
  },
]

/** The skipped tests for which no reason holds. */
export function unexplainedSkips({ skipped }: SuiteResult, allowed = ALLOWED_SKIPS): string[] {
  return skipped.filter((name) => !allowed.some(({ tests, holds }) => tests.test(name) && holds()))
}

/** The result with every unexplained skip counted as a failure. */
export function failUnexplainedSkips(result: SuiteResult): SuiteResult {
  const unexplained = unexplainedSkips(result)
  if (unexplained.length === 0) return result
  const list = unexplained.map((name) => `  ${name}`).join('\n')
  const details = `${result.details}\nThese tests were skipped without a reason that is listed in scripts/checks/allowed-skips.ts:\n${list}`
  return { ...result, failed: result.failed + unexplained.length, details }
}

import { say, secondsSince } from '../lib/progress.mjs'
import { failUnexplainedSkips } from './allowed-skips.ts'
import { staticChecks } from './static-checks.ts'
import type { Check } from './static-checks.ts'
import { asCrash } from './suite-result.ts'
import type { SuiteResult } from './suite-result.ts'
import { runVitest } from './vitest-suite.ts'

const unitTests: Check = {
  name: 'unit tests',
  run: () => runVitest({ name: 'unit tests', projects: ['unit', 'web'] }),
}
const contractTests: Check = {
  name: 'contract tests',
  run: () => runVitest({ name: 'contract tests', projects: ['contract'] }),
}

function printResult({ name, passed, failed, skipped, details }: SuiteResult, took: string): void {
  const counts = passed + failed + skipped.length > 1 ? `, ${passed} passed` : ''
  const rest = `${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}${failed > 0 ? `, ${failed} failed` : ''}`
  say(`${failed === 0 ? '✓' : '✗'} ${name}${counts}${rest} (${took})`)
  if (failed > 0) say(`\n${details.trim()}\n`)
}

async function runCheck(check: Check): Promise<SuiteResult> {
  const startedAt = performance.now()
  let result: SuiteResult
  try {
    result = failUnexplainedSkips(await check.run())
  } catch (error) {
    result = asCrash(check.name, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  printResult(result, secondsSince(startedAt))
  return result
}

/** Runs checks, a few at a time, and prints a line for each as it ends. */
async function runAll(checks: readonly Check[], atATime: number): Promise<SuiteResult[]> {
  const waiting = [...checks]
  const results: SuiteResult[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await runCheck(next))
  }
  await Promise.all(Array.from({ length: atATime }, lane))
  return results
}

/** `npm run check`: the static checks two at a time, then the fast tests. */
export async function runChecks(): Promise<SuiteResult[]> {
  return [...(await runAll(staticChecks, 2)), ...(await runAll([unitTests, contractTests], 1))]
}

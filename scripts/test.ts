/**
 * `npm test`: sets up what is missing, then runs everything: the checks, the tests against a real SFU worker,
 * and the stories in real browsers. The last line counts them all.
 */
import process from 'node:process'
import { failUnexplainedSkips, unexplainedSkips } from './checks/allowed-skips.ts'
import { runStories } from './checks/playwright-suite.ts'
import { runChecks } from './checks/run-checks.ts'
import { asCrash } from './checks/suite-result.ts'
import type { SuiteResult } from './checks/suite-result.ts'
import { runVitest } from './checks/vitest-suite.ts'
import { printFailure, runMain } from './lib/failure.mjs'
import { say, secondsSince } from './lib/progress.mjs'
import { ensureTestTools } from './test/test-tools.ts'
import { measureTimeFactor, timeFactor } from './test/time-factor.ts'
import { ensureWebBuild } from './web/build-web.ts'
import { ensureWorker } from './worker/ensure-worker.ts'

const sum = (results: readonly SuiteResult[], count: (result: SuiteResult) => number): number =>
  results.reduce((total, result) => total + count(result), 0)

function printSummary(results: readonly SuiteResult[], took: string): void {
  say('')
  for (const { name, passed, failed, skipped } of results) {
    const more = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
    say(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed${more}`)
  }
  for (const result of results)
    for (const name of unexplainedSkips(result)) say(`✗ skipped without a listed reason: ${name}`)
  say(`\nEverything took ${took}, with limits × ${timeFactor()} for the speed of this machine`)
  say(`${sum(results, ({ skipped }) => skipped.length)} skipped`)
  say(`${sum(results, ({ passed }) => passed)} passed, ${sum(results, ({ failed }) => failed)} failed`)
}

/** What the tests need; a failure is a result like any other, so that the summary still comes. */
async function prepare(): Promise<SuiteResult[]> {
  try {
    process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker()
    await ensureWebBuild()
    await ensureTestTools()
    await measureTimeFactor()
    return []
  } catch (error) {
    printFailure(error)
    return [asCrash('set-up', '')]
  }
}

async function runSlowTests(): Promise<SuiteResult[]> {
  say('\n── integration tests')
  const integration = await runVitest({ name: 'integration tests', projects: ['integration'], live: true })
  say('\n── browser stories')
  return [integration, await runStories('browser stories')].map(failUnexplainedSkips)
}

await runMain(async () => {
  const startedAt = performance.now()
  const results = await prepare()
  const isPrepared = results.length === 0
  results.push(...(await runChecks()))
  if (isPrepared) results.push(...(await runSlowTests()))
  printSummary(results, secondsSince(startedAt))
  process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0
})

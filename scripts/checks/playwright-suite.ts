import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { runOnTerminal } from '../lib/child-process.ts'
import { packageBin } from '../lib/package-bin.ts'
import { inRoot } from '../lib/paths.ts'
import { measureTimeFactor } from '../test/time-factor.ts'
import { asCrash } from './suite-result.ts'
import type { SuiteResult } from './suite-result.ts'

/** Stories of a file, or of a `describe` in it. */
type Suite = {
  readonly title: string
  readonly suites?: readonly Suite[]
  readonly specs: readonly {
    readonly title: string
    readonly tests: readonly { readonly status: string }[]
  }[]
}

/** The part of Playwright's JSON report that is counted. */
type Report = {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
  }
  readonly suites: readonly Suite[]
  /** What went wrong outside a story: a file that does not load, a global set-up that failed. */
  readonly errors: readonly unknown[]
}

function readReport(file: string): Report | undefined {
  if (!existsSync(file)) return undefined
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

/** Counts a report; an error outside a story fails, and so does a run that ended badly without naming one. */
export function countStories(name: string, { stats, suites, errors }: Report, code: number): SuiteResult {
  const failed = stats.unexpected + errors.length
  return {
    name,
    passed: stats.expected + stats.flaky,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: suites.flatMap((suite) => skippedIn(suite)),
    details: '',
  }
}

function skippedIn({ title, suites = [], specs }: Suite): string[] {
  const own = specs
    .filter(({ tests }) => tests.some(({ status }) => status === 'skipped'))
    .map((spec) => `${title} › ${spec.title}`)
  return [...own, ...suites.flatMap((suite) => skippedIn(suite))]
}

/** Runs the browser stories of e2e/. */
export async function runStories(name: string): Promise<SuiteResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'video-meet-stories-'))
  const file = path.join(folder, 'report.json')
  const script = packageBin('@playwright/test', { command: 'playwright', from: 'e2e' })
  await measureTimeFactor()
  try {
    const code = await runOnTerminal(process.execPath, [script, 'test', '--reporter=list,json'], {
      cwd: inRoot('e2e'),
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    })
    const report = readReport(file)
    return report ? countStories(name, report, code) : asCrash(name, '')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { runOnTerminal } from '../lib/child-process.ts'
import { packageBin } from '../lib/package-bin.ts'
import { inRoot } from '../lib/paths.ts'
import { asCrash } from './suite-result.ts'
import type { SuiteResult } from './suite-result.ts'

/** The part of Playwright's JSON report that is counted. */
type Report = {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  /** What went wrong outside a story: a file that does not load, a global set-up that failed. */
  readonly errors: readonly unknown[]
}

function readReport(file: string): Report | undefined {
  if (!existsSync(file)) return undefined
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

/** Counts a report; an error outside a story fails, and so does a run that ended badly without naming one. */
export function countStories(name: string, { stats, errors }: Report, code: number): SuiteResult {
  const failed = stats.unexpected + errors.length
  return {
    name,
    passed: stats.expected + stats.flaky,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: stats.skipped,
    details: '',
  }
}

/** Runs the browser stories of e2e/. */
export async function runStories(name: string): Promise<SuiteResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'video-meet-stories-'))
  const file = path.join(folder, 'report.json')
  const script = packageBin('@playwright/test', { command: 'playwright', from: 'e2e' })
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

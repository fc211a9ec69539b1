import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { run, runOnTerminal } from '../lib/child-process.ts'
import { packageBin } from '../lib/package-bin.ts'
import { measureTimeFactor } from '../test/time-factor.ts'
import { asCrash } from './suite-result.ts'
import type { SuiteResult } from './suite-result.ts'

/** The part of vitest's JSON report that is counted. */
type Report = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const NOT_RUN: ReadonlySet<string> = new Set(['pending', 'skipped', 'todo', 'disabled'])

type VitestRun = {
  readonly name: string
  readonly projects: readonly string[]
  /** Show the tests as they run, instead of the output of a failed run at its end. */
  readonly live?: boolean
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}

/** Counts a report; what vitest failed on outside a test (a file that does not load, a stray rejection) counts too. */
export function countReport(
  name: string,
  report: Report,
  outcome: { code: number; details: string },
): SuiteResult {
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + unloadable
  return {
    name,
    passed: report.numPassedTests,
    failed: failed === 0 && outcome.code !== 0 ? 1 : failed,
    skipped: report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => NOT_RUN.has(status))
      .map(({ fullName }) => fullName),
    details: outcome.details,
  }
}

/** Runs projects of vitest.config.ts. */
export async function runVitest({ name, projects, live = false }: VitestRun): Promise<SuiteResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'video-meet-vitest-'))
  const file = path.join(folder, 'report.json')
  const args = [
    packageBin('vitest'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  await measureTimeFactor()
  // React's test tools need a development build, whatever the caller's environment says.
  const env = { ...process.env, NODE_ENV: 'test' }
  try {
    const outcome = live
      ? { code: await runOnTerminal(process.execPath, args, { env }), output: '' }
      : await run(process.execPath, args, { env })
    const report = readReport(file)
    const details = outcome.output
    return report ? countReport(name, report, { code: outcome.code, details }) : asCrash(name, details)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

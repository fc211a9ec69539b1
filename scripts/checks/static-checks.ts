import { readFileSync } from 'node:fs'
import process from 'node:process'
import { run } from '../lib/child-process.ts'
import { packageBin } from '../lib/package-bin.ts'
import { inRoot } from '../lib/paths.ts'
import { asOneCheck } from './suite-result.ts'
import type { SuiteResult } from './suite-result.ts'

export type Check = { readonly name: string; run(): Promise<SuiteResult> }

type RootTsconfig = { readonly references: readonly { readonly path: string }[] }

const node = (...args: string[]) => run(process.execPath, args)

async function typeErrors(): Promise<string> {
  const { references } = JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8')) as RootTsconfig
  const found: string[] = []
  // One at a time: the compiler uses all cores by itself.
  for (const { path } of references) {
    const { code, output } = await node(packageBin('typescript', { command: 'tsc' }), '--noEmit', '-p', path)
    if (code !== 0 && !output.includes('TS18003')) found.push(output.trim())
  }
  return found.join('\n')
}

/** A check that is one command: it passes when the command does. */
function command(name: string, args: () => string[]): Check {
  return {
    name,
    async run() {
      const { code, output } = await node(...args())
      return asOneCheck(name, code === 0, output)
    },
  }
}

const types: Check = {
  name: 'types',
  async run() {
    const errors = await typeErrors()
    return asOneCheck('types', errors === '', errors)
  },
}

/** Everything that can be said about the code without running it. */
export const staticChecks: readonly Check[] = [
  types,
  command('lint', () => [packageBin('oxlint'), '--type-aware', '--deny-warnings']),
  command('format', () => [packageBin('oxfmt'), '--check', '.']),
  command('import directions', () => [
    packageBin('dependency-cruiser', { command: 'depcruise' }),
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err-long',
    'packages',
    'apps',
    'scripts',
    'e2e',
    'bench',
  ]),
  command('dead code', () => [packageBin('knip'), '--no-progress']),
  command('lock file', () => [inRoot('scripts/complete-lock.mjs'), '--check']),
]

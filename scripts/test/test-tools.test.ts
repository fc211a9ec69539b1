import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../lib/paths.ts'
import { majorVersionIn, TEST_TOOLS } from './test-tools.ts'

/** Every system that runs npm has these. */
const BASE = ['sh', 'id', 'node']
const FOLDERS = ['e2e/**/*.ts', 'apps/server/test/**/*.ts', 'apps/web/test/**/*.ts']
/** A program is started by its name, through one of these functions. */
const STARTED =
  /\b(?:spawn|spawnSync|execFile|execFileSync|command|commandQuietly|findProgram|#within)\(\s*'([\w.-]+)'/g
/** Programs of a package beside the command by which it is found. */
const SAME_PACKAGE: Readonly<Record<string, string>> = { postgres: 'initdb', mariadbd: 'mariadb-install-db' }

function startedPrograms(): string[] {
  const files = globSync(FOLDERS, { cwd: ROOT, exclude: ['**/node_modules/**'] })
  const found = files.flatMap((file) =>
    [...readFileSync(`${ROOT}/${file}`, 'utf8').matchAll(STARTED)].map(([, name]) => name ?? ''),
  )
  return [...new Set(found)].toSorted()
}

describe('the list of test tools', () => {
  it('names every program that a test starts', () => {
    const listed = new Set([...BASE, ...TEST_TOOLS.flatMap(({ commands }) => commands)])
    const started = startedPrograms()
    expect(started).toEqual(
      expect.arrayContaining(['dovecot', 'ffmpeg', 'ip', 'nft', 'openssl', 'turnserver']),
    )
    expect(started.filter((name) => !listed.has(SAME_PACKAGE[name] ?? name))).toEqual([])
  })

  it('reads the version of a program', () => {
    expect(majorVersionIn('Mozilla Firefox 153.8.0esr')).toBe(153)
    expect(majorVersionIn('Chromium 156.0.8078.73 built on Debian')).toBe(156)
    expect(majorVersionIn('command not found')).toBe(0)
  })
})

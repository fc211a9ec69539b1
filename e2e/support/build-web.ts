import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

const SOURCES = ['apps/web', 'packages/client/src', 'packages/protocol/src']
const NO_SOURCE = new Set(['dist', 'node_modules'])

/** Builds apps/web/dist unless it is newer than everything it is made from. */
export function buildWeb(): void {
  const page = join(ROOT, 'apps/web/dist/index.html')
  const builtAt = existsSync(page) ? statSync(page).mtimeMs : 0
  if (SOURCES.every((source) => newestChange(join(ROOT, source)) <= builtAt)) return
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'apps/web'),
    stdio: 'inherit',
  })
}

function newestChange(directory: string): number {
  const times = readdirSync(directory, { withFileTypes: true }).map((entry) => {
    if (entry.name.startsWith('.') || NO_SOURCE.has(entry.name)) return 0
    const path = join(directory, entry.name)
    return entry.isDirectory() ? newestChange(path) : statSync(path).mtimeMs
  })
  return Math.max(0, ...times)
}

import { existsSync, statSync } from 'node:fs'
import process from 'node:process'
import { run } from './child-process.ts'
import { SetupFailure } from './failure.mjs'
import { openProgress } from './progress.mjs'

const LISTS_AGE_MS = 24 * 60 * 60_000

/** Whether the system installs with apt (Debian, Ubuntu and their relatives). */
export const usesApt = (): boolean => existsSync('/usr/bin/apt-get')

/** Those of the named Debian packages that are not installed. */
async function missingPackages(names: readonly string[]): Promise<string[]> {
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names])
  const installed = new Set(
    stdout.split('\n').flatMap((line) => {
      const [name, status] = line.split(' ')
      return name && status === 'installed' ? [name] : []
    }),
  )
  return names.filter((name) => !installed.has(name))
}

export const aptLine = (names: readonly string[]): string =>
  `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`

/** Whether the package lists are older than a day. With old lists apt installs old versions, or none: mirrors drop them. */
function hasOldLists(): boolean {
  const ages = ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/lists'].map((path) =>
    existsSync(path) ? Date.now() - statSync(path).mtimeMs : Number.POSITIVE_INFINITY,
  )
  return Math.min(...ages) > LISTS_AGE_MS
}

async function aptInstall(
  names: readonly string[],
  onOutput: (chunk: string) => void,
): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', ...names]
  const updateLists = () => run('apt-get', ['update'], { env, onOutput })
  // A machine without the network may still have the packages in its cache, so that a failed update isn't the end.
  if (hasOldLists()) await updateLists()
  const first = await run('apt-get', install, { env, onOutput })
  if (first.code === 0) return undefined
  const update = await updateLists()
  const second = await run('apt-get', install, { env, onOutput })
  return second.code === 0 ? undefined : `${update.output}\n${second.output}`
}

/**
 * Makes sure that Debian packages are installed: installs the missing ones as root, otherwise fails with the line that
 * installs them. With `upgrade`, packages that are installed are brought up to date as well.
 */
export async function ensurePackages(
  names: readonly string[],
  purpose: string,
  { upgrade = false }: { readonly upgrade?: boolean } = {},
): Promise<void> {
  const missing = upgrade ? names : await missingPackages(names)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new SetupFailure(`Packages are missing for ${purpose}: ${missing.join(' ')}`, aptLine(missing))
  }
  const progress = openProgress(`Installing ${missing.join(' ')} for ${purpose}`)
  const problem = await aptInstall(missing, (chunk) => {
    const step = /^(?:Get:\d+|Unpacking|Setting up) .*/m.exec(chunk)?.[0]
    if (step) progress.update(step.slice(0, 60))
  })
  if (problem !== undefined) {
    progress.stop()
    throw new SetupFailure(
      `Debian's packages for ${purpose} could not be installed.`,
      `Look at what apt-get says above, then run: ${aptLine(missing)}`,
      { details: problem.slice(-3000) },
    )
  }
  progress.done(`Installed ${missing.join(' ')}`)
}

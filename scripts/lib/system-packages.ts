import { existsSync } from 'node:fs'
import process from 'node:process'
import { run } from './child-process.ts'
import { SetupFailure } from './failure.mjs'
import { openProgress } from './progress.mjs'

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

async function aptInstall(
  names: readonly string[],
  onOutput: (chunk: string) => void,
): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = ['install', '-y', '--no-install-recommends', ...names]
  // The lists of a machine in use are often fresh enough; a new container has none.
  const first = await run('apt-get', install, { env, onOutput })
  if (first.code === 0) return undefined
  const update = await run('apt-get', ['update'], { env, onOutput })
  const second = await run('apt-get', install, { env, onOutput })
  return second.code === 0 ? undefined : `${update.output}\n${second.output}`
}

/**
 * Makes sure that Debian packages are installed: installs the missing ones when root, otherwise fails with
 * the line that installs them.
 */
export async function ensurePackages(names: readonly string[], purpose: string): Promise<void> {
  const missing = await missingPackages(names)
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

/**
 * What stands behind every `npm` command: installs the packages if the lock changed, picks Node 24, and runs
 * scripts/<command>.ts with it (scripts/db-backup.ts for db:backup). Node built-ins only, and nothing newer than
 * Node 18: this file and what it imports run before anything is installed.
 */
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { printFailure } from './lib/failure.mjs'
import { installPackages } from './run/install.mjs'
import { pickNode } from './run/pick-node.mjs'

const COMMANDS = ['start', 'dev', 'test', 'check', 'bench', 'doctor', 'docs', 'format', 'db:backup']
const ORPHAN_CHECK_MS = 200
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** @param {string} node */
function environmentFor(node) {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env
  return {
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${PATH}`,
    NODE_COMPILE_CACHE: NODE_COMPILE_CACHE ?? path.join(root, 'node_modules', '.cache', 'node-compile'),
  }
}

/**
 * npm hands a signal to the shell between it and this process, and a shell like Debian's ends without passing
 * it on. Losing that parent is then the only sign that npm was told to stop.
 *
 * @param {() => void} stop
 */
function watchShellOfNpm(stop) {
  if (!process.env['npm_lifecycle_event']) return
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    stop()
  }, ORPHAN_CHECK_MS)
  timer.unref()
}

/** @param {string} node @param {string} command @param {string[]} args */
function runCommand(node, command, args) {
  const script = path.join(root, 'scripts', `${command.replace(':', '-')}.ts`)
  const child = spawn(node, [script, ...args], { cwd: root, stdio: 'inherit', env: environmentFor(node) })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the whole group; a second one would mean "at once" to the child.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  watchShellOfNpm(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? os.constants.signals[signal] : 1)
  })
}

async function main() {
  const [command = '', ...args] = process.argv.slice(2)
  if (!COMMANDS.includes(command)) {
    console.error(`Usage: npm run <${COMMANDS.join(' | ')}>`)
    process.exitCode = 2
    return
  }
  try {
    await installPackages(root)
    runCommand(pickNode(root), command, args)
  } catch (error) {
    printFailure(error)
    process.exitCode = 1
  }
}

await main()

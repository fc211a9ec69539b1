import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupFailure } from '../lib/failure.mjs'
import { withFileLock } from '../lib/file-lock.mjs'
import { openProgress, say } from '../lib/progress.mjs'

// Scripts of packages stay off: set-up itself does what is needed. The timeouts make a machine without network
// fail in seconds instead of minutes.
const NPM_ARGS = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--engine-strict=false',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=8000',
]

/** Causes of a failed `npm ci`, by what npm prints, and their remedies. @type {[RegExp, string][]} */
const REMEDIES = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i,
    'npm cannot reach its package registry. Check the network, a proxy (npm config get proxy) and the\n' +
      'registry in use (npm config get registry), then run the same command again.',
  ],
  [
    /EUSAGE|can only install packages when/i,
    'package.json and package-lock.json do not agree. Run: npm install && node scripts/complete-lock.mjs',
  ],
  [/ENOSPC/, 'The disk is full: about 1 GB is needed for the packages.'],
  [/EACCES|EPERM|EROFS/, 'The folder is not writable for you: check the owner of this checkout.'],
  [/E404|ETARGET/, 'The registry in use lacks a package of package-lock.json. Use one that carries it.'],
]

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules', '.install-stamp')

/** @param {string} root */
function lockDigest(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
}

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[] }} LockEntry
 */

/** @param {string} file @returns {Record<string, LockEntry>} */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** Whether somebody's own `npm ci` or `npm install` already put there what the lock asks for. @param {string} root */
function matchesLock(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = readPackages(record)
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  return Object.entries(wanted).every(([location, { version, optional }]) => {
    if (!location.includes('node_modules/')) return true
    const found = installed[location]
    return found ? found.version === version : optional === true
  })
}

/** @param {string} root */
function isInstalled(root) {
  const stamp = stampFile(root)
  const digest = lockDigest(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true
  if (!matchesLock(root)) return false
  writeFileSync(stamp, digest)
  return true
}

/** Manifests of the packages of the lock that fit this machine. @param {string} root */
function wantedManifests(root) {
  return Object.entries(readPackages(path.join(root, 'package-lock.json'))).flatMap(
    ([location, { os, cpu, link }]) => {
      const fits = (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch))
      const isPackage = location.includes('node_modules/') && !link
      return isPackage && fits ? [path.join(root, location, 'package.json')] : []
    },
  )
}

/** npm as it was started, or the one in PATH. `npm ci` deletes node_modules, so never with the Node in there. */
function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: node } = process.env
  if (cli && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli)) {
    const outer = node && existsSync(node) ? node : process.execPath
    if (!outer.includes(`${path.sep}node_modules${path.sep}`))
      return { command: outer, args: [cli], shell: false }
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' }
}

/** @param {string} root @param {(chunk: string) => void} onOutput @returns {Promise<number>} */
function npmCi(root, onOutput) {
  const { command, args, shell } = npmCommand()
  const child = spawn(command, [...args, ...NPM_ARGS], {
    cwd: root,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.setEncoding('utf8').on('data', onOutput)
  child.stderr.setEncoding('utf8').on('data', onOutput)
  // npm must not outlive this process: the next start would install into the same folder at the same time.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => child.kill(signal))
  }
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new SetupFailure(
          'npm could not be started.',
          'Install Node.js (20 or newer) together with npm, e.g. from your distribution or nodejs.org.',
          { cause },
        ),
      ),
    )
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** @param {string} root */
async function install(root) {
  if (isInstalled(root)) return
  const progress = openProgress('Installing packages (under a minute on most networks)')
  const wanted = wantedManifests(root)
  const ticker = setInterval(() => {
    const present = wanted.filter((manifest) => existsSync(manifest)).length
    progress.update(`${present} of ${wanted.length} packages`, present / wanted.length)
  }, 500)
  let output = ''
  try {
    const code = await npmCi(root, (chunk) => (output += chunk))
    if (code !== 0) {
      const remedy = REMEDIES.find(([pattern]) => pattern.test(output))?.[1]
      throw new SetupFailure(
        `Installing packages failed (npm ci, exit code ${code}).`,
        remedy ?? 'Read what npm says above; run `npm ci --ignore-scripts` by hand to see more.',
        { details: output.slice(-4000) },
      )
    }
    writeFileSync(stampFile(root), lockDigest(root))
  } catch (error) {
    progress.stop()
    throw error
  } finally {
    clearInterval(ticker)
  }
  progress.done('Packages installed')
}

/** Installs what package-lock.json says, unless it is there already. Two at once: one works, one waits. @param {string} root */
export async function installPackages(root) {
  if (isInstalled(root)) return
  const onWait = () => say('▸ Another command is installing the packages; waiting for it …')
  await withFileLock(path.join(root, '.install-lock'), { onWait }, () => install(root))
}

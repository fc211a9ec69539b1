/**
 * Completes package-lock.json with the platform packages of other systems.
 *
 * `npm install` leaves an optional platform package out of the lock when the registry in use does not carry
 * it, and `npm ci` then refuses the lock on every machine. This adds an entry (version, os, cpu, libc; no
 * integrity, since nobody could compute one) for each that is missing. It changes and removes nothing else.
 *
 *   node scripts/complete-lock.mjs [--check] [path of the lock]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const OPERATING_SYSTEMS = new Map([
  ['darwin', 'darwin'],
  ['linux', 'linux'],
  ['linuxmusl', 'linux'],
  ['win32', 'win32'],
  ['win', 'win32'],
  ['freebsd', 'freebsd'],
  ['openbsd', 'openbsd'],
  ['netbsd', 'netbsd'],
  ['sunos', 'sunos'],
  ['aix', 'aix'],
  ['android', 'android'],
  ['openharmony', 'openharmony'],
])
const PROCESSORS = new Set('arm64 x64 ia32 arm ppc64 s390x riscv64 loong64 mips64el wasm32'.split(' '))

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, resolved?: string, os?: string[], cpu?: string[],
 *   libc?: string[], optionalDependencies?: Record<string, string> }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

/** The folders in which node would look for a package required from `location`, nearest first. @param {string} location */
function lookupFolders(location) {
  const folders = []
  for (let at = location; ; at = at.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    folders.push(at === '' ? 'node_modules' : `${at}/node_modules`)
    if (at === '' || !at.includes('node_modules')) break
  }
  if (folders.at(-1) !== 'node_modules') folders.push('node_modules')
  return folders
}

/** @param {string} name */
function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = [...new Set(words.flatMap((word) => OPERATING_SYSTEMS.get(word) ?? []))]
  const cpu = words.filter((word) => PROCESSORS.has(word))
  const musl = /musl/.test(name)
  const glibc = os.includes('linux') && /gnu/.test(name)
  return {
    cpu: cpu.length > 0 ? cpu : undefined,
    libc: musl ? ['musl'] : glibc ? ['glibc'] : undefined,
    os: os.length > 0 ? os : undefined,
  }
}

/** Names of the entries that were added to `lock.packages`. @param {Lock} lock */
export function addMissingPlatforms(lock) {
  const packages = lock.packages
  /** @type {string[]} */
  const added = []
  for (const [location, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lookupFolders(location).some((folder) => packages[`${folder}/${name}`])) continue
      const platform = platformOf(name)
      if (!platform.os && !platform.cpu) {
        console.warn(`${name} (wanted by ${location || 'the root'}) names no platform; left out`)
        continue
      }
      // Keys in the order in which npm writes them, so that a later `npm install` changes nothing here.
      packages[`node_modules/${name}`] = {
        version: range.replace(/^[\^~=v]+/, ''),
        ...(platform.cpu && { cpu: platform.cpu }),
        ...(entry.dev && { dev: true }),
        ...(platform.libc && { libc: platform.libc }),
        optional: true,
        ...(platform.os && { os: platform.os }),
      }
      added.push(name)
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en')),
  )
  return added
}

/** Addresses of registries in the lock, which would tie it to one of them. @param {Lock} lock */
export function registryAddresses(lock) {
  return Object.values(lock.packages).flatMap((entry) =>
    entry.resolved && /^[a-z+]+:/.test(entry.resolved) ? [entry.resolved] : [],
  )
}

/** @param {string[]} args */
function main(args) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
  const file = args.find((arg) => !arg.startsWith('-')) ?? path.join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const addresses = registryAddresses(lock)
  const added = addMissingPlatforms(lock)
  if (addresses.length > 0) {
    console.error(
      `${addresses.length} entries name a registry, e.g. ${addresses[0]}\n` +
        'Run: npm install --package-lock-only --omit-lockfile-registry-resolved',
    )
    process.exitCode = 1
  }
  if (args.includes('--check')) {
    if (added.length > 0) {
      console.error(`${added.length} platform packages are missing. Run: node scripts/complete-lock.mjs`)
      process.exitCode = 1
    }
    return
  }
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(added.length > 0 ? `added ${added.length} platform packages` : 'nothing to add')
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2))
}

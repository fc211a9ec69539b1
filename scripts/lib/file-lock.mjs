import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import process from 'node:process'

const RETRY_MS = 200
const HEARTBEAT_MS = 5000
const HEARTBEAT_LOST_MS = 60_000

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @param {string} file @param {string} content */
function createExclusively(file, content) {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * Whether the owner of the lock is gone: its process ended, or (on another machine or in another container)
 * its heartbeat stopped. A lock without content is one that is being written, or whose writer was killed.
 *
 * @param {string} file
 */
function isAbandoned(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs
    const [host, pid] = readFileSync(file, 'utf8').split(' ')
    if (age > HEARTBEAT_LOST_MS) return true
    if (!pid) return age > HEARTBEAT_MS
    return host === os.hostname() && !isAlive(Number(pid))
  } catch {
    return false // Released this moment: the next attempt creates it.
  }
}

/**
 * Removes an abandoned lock. Two processes that see it must not remove each other's new one, so the removal
 * itself is guarded by a second file.
 *
 * @param {string} file
 */
function takeOver(file) {
  const guard = `${file}.takeover`
  if (!createExclusively(guard, '')) {
    try {
      if (Date.now() - statSync(guard).mtimeMs > HEARTBEAT_MS) rmSync(guard, { force: true })
    } catch {
      // The other process finished.
    }
    return
  }
  if (isAbandoned(file)) rmSync(file, { force: true })
  rmSync(guard, { force: true })
}

/**
 * Runs `work` while no other process that asks for the same lock file does. The lock of a process that died
 * is taken over.
 *
 * @template T
 * @param {string} file
 * @param {{ onWait?: () => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock(file, { onWait }, work) {
  let told = false
  while (!createExclusively(file, `${os.hostname()} ${process.pid}`)) {
    if (isAbandoned(file)) takeOver(file)
    else if (!told) {
      told = true
      onWait?.()
    }
    await sleep(RETRY_MS)
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimesSync(file, now, now)
  }, HEARTBEAT_MS)
  heartbeat.unref()
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.removeListener('exit', release)
    release()
  }
}

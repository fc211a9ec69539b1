import { accessSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { SetupFailure } from '../lib/failure.mjs'
import { withFileLock } from '../lib/file-lock.mjs'
import { say } from '../lib/progress.mjs'
import { buildWorker } from './build-worker.ts'
import { fetchPrebuilt } from './fetch-prebuilt.ts'
import { canExecute } from './run-self-test.ts'
import { readWorkerPackage, WORKER_FILE, workerFolder } from './worker-package.ts'
import type { WorkerPackage } from './worker-package.ts'

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Makes the worker beside its place, and moves it there only when it passed its self-test. */
async function makeWorker(worker: WorkerPackage, folder: string): Promise<void> {
  const target = path.join(folder, WORKER_FILE)
  const download = path.join(folder, 'download')
  rmSync(download, { recursive: true, force: true })
  mkdirSync(download)
  try {
    const prebuilt = await fetchPrebuilt(download, worker.prebuiltUrl)
    if (prebuilt) {
      renameSync(prebuilt, target)
      return
    }
  } finally {
    rmSync(download, { recursive: true, force: true })
  }
  const build = path.join(folder, 'build')
  renameSync(await buildWorker(worker, build), target)
  rmSync(build, { recursive: true, force: true })
}

/** A worker that is there already: the one the environment names, or the one in the cache. */
export async function findWorker(): Promise<string | undefined> {
  const named = process.env['MEDIASOUP_WORKER_BIN']
  if (named) {
    if (isExecutableFile(named)) return named
    throw new SetupFailure(
      `MEDIASOUP_WORKER_BIN names no executable file: ${named}`,
      'Correct it, or unset it: set-up then gets a worker itself.',
    )
  }
  const cached = path.join(workerFolder(readWorkerPackage()), WORKER_FILE)
  // It passed its self-test before it came there; but the system's libraries may have been replaced since.
  return isExecutableFile(cached) && (await canExecute(cached)) ? cached : undefined
}

/**
 * Path of a mediasoup-worker that works on this machine: the one in MEDIASOUP_WORKER_BIN, the one in the
 * cache, the maintainers' prebuilt one, or one compiled here. Safe to call from several processes at once.
 */
export async function ensureWorker(): Promise<string> {
  const present = await findWorker()
  if (present) return present
  const worker = readWorkerPackage()
  const folder = workerFolder(worker)
  mkdirSync(folder, { recursive: true })
  const onWait = (): void => say('▸ Another command is preparing the SFU worker; waiting for it …')
  return withFileLock(path.join(folder, 'lock'), { onWait }, async () => {
    const madeMeanwhile = await findWorker()
    if (madeMeanwhile) return madeMeanwhile
    await makeWorker(worker, folder)
    return path.join(folder, WORKER_FILE)
  })
}

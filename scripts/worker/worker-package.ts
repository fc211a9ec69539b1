import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { cacheFolder, inRoot } from '../lib/paths.ts'

const RECIPE = ['CMakeLists.txt', 'shims/srtp.h', 'shims/ankerl/unordered_dense.h']

type Manifest = { readonly version: string; readonly repository: { readonly url: string } }

export type WorkerPackage = {
  readonly version: string
  /** The worker's sources inside the npm package. */
  readonly source: string
  /** Address of the prebuilt binary for this machine, named as the package's own install script names it. */
  readonly prebuiltUrl: string
}

function prebuiltName(version: string): string {
  const kernel = process.platform === 'linux' ? `-kernel${Number.parseInt(os.release(), 10)}` : ''
  return `mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`
}

/** The installed mediasoup package, of which the worker must have the same version. */
export function readWorkerPackage(): WorkerPackage {
  const entry = createRequire(inRoot('apps/server/package.json')).resolve('mediasoup')
  const folder = path.resolve(entry, '..', '..', '..')
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
  const releases =
    process.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] ??
    `${manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`
  return {
    version: manifest.version,
    source: path.join(folder, 'worker'),
    prebuiltUrl: `${releases}/${manifest.version}/${prebuiltName(manifest.version)}`,
  }
}

/** Where the worker of this version, for this platform and made by this recipe, is kept. */
export function workerFolder({ version }: WorkerPackage): string {
  const recipe = createHash('sha256')
  for (const file of RECIPE) recipe.update(readFileSync(inRoot('scripts/worker', file)))
  const name = `${version}-${process.platform}-${process.arch}-${recipe.digest('hex').slice(0, 8)}`
  return path.join(cacheFolder(), 'mediasoup-worker', name)
}

export const WORKER_FILE = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker'

import { chmodSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run } from '../lib/child-process.ts'
import { inRoot } from '../lib/paths.ts'
import { openProgress, say } from '../lib/progress.mjs'
import { findDefect } from './run-self-test.ts'
import { WORKER_FILE } from './worker-package.ts'

/** Download and unpack into `folder`; undefined if it worked, otherwise the reason. */
async function fetchInto(folder: string, url: string): Promise<string | undefined> {
  const archive = path.join(folder, 'worker.tgz')
  const download = await run(process.execPath, [
    '--use-env-proxy',
    inRoot('scripts/worker/download-archive.ts'),
    url,
    archive,
  ])
  if (download.code !== 0) return download.output.trim() || 'the download failed'
  const unpack = await run('tar', ['-xzf', archive, '-C', folder])
  if (unpack.code !== 0) return `the archive cannot be unpacked: ${unpack.output.trim()}`
  const binary = path.join(folder, WORKER_FILE)
  try {
    chmodSync(binary, 0o755)
  } catch {
    return `the archive holds no ${WORKER_FILE}`
  }
  const defect = await findDefect(binary)
  return defect && `it fails its self-test: ${defect}`
}

/**
 * Tries the prebuilt worker of mediasoup's maintainers; gives back its path inside `folder` once it passed the
 * self-test, and undefined (after saying why) where there is none to be had.
 */
export async function fetchPrebuilt(folder: string, url: string): Promise<string | undefined> {
  if (process.env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) return undefined
  const progress = openProgress('Looking for a prebuilt SFU worker')
  const problem = await fetchInto(folder, url)
  if (problem === undefined) {
    progress.done('Downloaded the SFU worker; a WebRTC connection through it works')
    return path.join(folder, WORKER_FILE)
  }
  progress.stop()
  say(`▸ No prebuilt SFU worker from ${new URL(url).host} (${problem}): compiling it here instead`)
  return undefined
}

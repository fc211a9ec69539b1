/** `npm run dev`: the server, restarted on change, and vite's development server in front of it. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import process from 'node:process'
import { passSignalsTo } from './lib/child-process.ts'
import { runMain } from './lib/failure.mjs'
import { packageBin } from './lib/package-bin.ts'
import { inRoot, ROOT } from './lib/paths.ts'
import { loadSettings } from './lib/settings.ts'
import { ensureWorker } from './worker/ensure-worker.ts'

const VITE_ORIGIN = 'http://localhost:5173'

function startServer(workerBin: string): ChildProcess {
  const { CORS_ORIGINS = VITE_ORIGIN } = process.env
  return spawn(process.execPath, ['--watch', '--watch-preserve-output', inRoot('apps/server/src/main.ts')], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MEDIASOUP_WORKER_BIN: workerBin, CORS_ORIGINS },
  })
}

const startVite = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [packageBin('vite', { from: 'apps/web' }), ...args], {
    cwd: inRoot('apps/web'),
    stdio: 'inherit',
  })

/** When one of them ends, so does the other. */
async function untilOneEnds(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) passSignalsTo(child)
  const code = await Promise.race(
    children.map(
      (child) => new Promise<number>((resolve) => child.on('exit', (exitCode) => resolve(exitCode ?? 0))),
    ),
  )
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}

await runMain(async () => {
  loadSettings()
  const workerBin = await ensureWorker()
  await untilOneEnds([startServer(workerBin), startVite(process.argv.slice(2))])
})

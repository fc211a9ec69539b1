import process from 'node:process'
import { run } from '../lib/child-process.ts'
import { inRoot } from '../lib/paths.ts'

const TIMEOUT_MS = 30_000
/** What the worker exits with when it is started without its version in the environment. */
const NOT_MY_FATHER = 41

/** Whether the system can load and run the binary: a few milliseconds, no network. */
export async function canExecute(workerBin: string): Promise<boolean> {
  const { code } = await run(workerBin, [], { env: {}, timeoutMs: TIMEOUT_MS })
  return code === NOT_MY_FATHER
}

/** Undefined if a WebRTC client can exchange media with the worker, otherwise what went wrong. */
export async function findDefect(workerBin: string): Promise<string | undefined> {
  if (!(await canExecute(workerBin))) return 'the binary does not run on this system'
  const { code, output } = await run(process.execPath, [inRoot('scripts/worker/self-test.ts'), workerBin], {
    timeoutMs: TIMEOUT_MS,
  })
  return code === 0 ? undefined : output.trim() || `exit code ${code}`
}

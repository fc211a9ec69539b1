import process from 'node:process'
import { ensureWorker } from '../worker/ensure-worker.ts'

/** vitest's global set-up of the integration tests: they talk to a real SFU worker. */
export async function setup(): Promise<void> {
  process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker()
}

import { ensureWebBuild } from '../scripts/web/build-web.ts'
import { ensureWorker } from '../scripts/worker/ensure-worker.ts'

/** Makes what the servers of the stories need, when the stories are run without `npm test`. */
export default async function globalSetup(): Promise<void> {
  await ensureWebBuild()
  process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker()
}

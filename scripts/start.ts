/** `npm start`: gets what is missing, then becomes the server. */
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { runMain } from './lib/failure.mjs'
import { inRoot } from './lib/paths.ts'
import { loadSettings } from './lib/settings.ts'
import { ensureWebBuild } from './web/build-web.ts'
import { ensureWorker } from './worker/ensure-worker.ts'

await runMain(async () => {
  loadSettings()
  process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker()
  await ensureWebBuild()
  await import(pathToFileURL(inRoot('apps/server/src/main.ts')).href)
})

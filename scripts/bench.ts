/** `npm run bench [-- <name> [arguments]]`: runs one measurement of bench/, or all of them one after another. */
import { globSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { runOnTerminal } from './lib/child-process.ts'
import { runMain, SetupFailure } from './lib/failure.mjs'
import { inRoot, ROOT } from './lib/paths.ts'
import { say } from './lib/progress.mjs'
import { ensureWebBuild } from './web/build-web.ts'
import { ensureWorker } from './worker/ensure-worker.ts'

function measurements(): string[] {
  const files = globSync('bench/*.ts', {
    cwd: ROOT,
    exclude: ['**/*.test.ts', '**/*.d.ts', '**/*.config.ts'],
  })
  return files.map((file) => path.basename(file, '.ts')).toSorted()
}

await runMain(async () => {
  const [wanted, ...args] = process.argv.slice(2)
  const known = measurements()
  if (wanted && !known.includes(wanted)) {
    throw new SetupFailure(
      `There is no measurement ${wanted}.`,
      `Choose one of: ${known.join(', ') || 'none yet'}`,
    )
  }
  await ensureWebBuild()
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: await ensureWorker() }
  for (const name of wanted ? [wanted] : known) {
    say(`\n── ${name}`)
    const code = await runOnTerminal(process.execPath, [inRoot('bench', `${name}.ts`), ...args], { env })
    if (code !== 0) process.exitCode = code
  }
})

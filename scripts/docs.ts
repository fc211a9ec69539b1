/** `npm run docs`: writes the pages that are made from the code. */
import { writeFile } from 'node:fs/promises'
import { protocolPage } from './docs/protocol-page.ts'
import { runMain } from './lib/failure.mjs'
import { say } from './lib/progress.mjs'

await runMain(async () => {
  await writeFile(new URL('../docs/protocol.md', import.meta.url), protocolPage())
  say('Wrote docs/protocol.md')
})

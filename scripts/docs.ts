/** `npm run docs`: writes the pages that are made from the code. */
import { writeFile } from 'node:fs/promises'
import { permissionsPage } from './docs/permissions-page.ts'
import { protocolPage } from './docs/protocol-page.ts'
import { runMain } from './lib/failure.mjs'
import { say } from './lib/progress.mjs'

await runMain(async () => {
  const pages = { protocol: protocolPage(), permissions: permissionsPage() }
  for (const [name, page] of Object.entries(pages)) {
    await writeFile(new URL(`../docs/${name}.md`, import.meta.url), page)
    say(`Wrote docs/${name}.md`)
  }
})

/** `npm run docs`: writes the pages that are generated from the code, and NOTICE. */
import { writeFile } from 'node:fs/promises'
import { noticeText } from './docs/notice.ts'
import { permissionsPage } from './docs/permissions-page.ts'
import { protocolPage } from './docs/protocol-page.ts'
import { runMain } from './lib/failure.mjs'
import { inRoot } from './lib/paths.ts'
import { say } from './lib/progress.mjs'

await runMain(async () => {
  const pages = {
    'docs/protocol.md': protocolPage(),
    'docs/permissions.md': permissionsPage(),
    NOTICE: noticeText(),
  }
  for (const [file, page] of Object.entries(pages)) {
    await writeFile(inRoot(file), page)
    say(`Wrote ${file}`)
  }
})

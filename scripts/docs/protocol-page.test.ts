import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { protocolPage } from './protocol-page.ts'

it('is what docs/protocol.md says (npm run docs writes it anew)', async () => {
  const page = await readFile(new URL('../../docs/protocol.md', import.meta.url), 'utf8')
  expect(page).toBe(protocolPage())
})

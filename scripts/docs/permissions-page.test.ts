import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { permissionsPage } from './permissions-page.ts'

it('is what docs/permissions.md says (npm run docs writes it anew)', async () => {
  const page = await readFile(new URL('../../docs/permissions.md', import.meta.url), 'utf8')
  expect(page).toBe(permissionsPage())
})

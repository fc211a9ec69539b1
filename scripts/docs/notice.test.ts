import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inRoot } from '../lib/paths.ts'
import { noticeText } from './notice.ts'

/** Licenses that allow distribution with this program. */
const ALLOWED =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|BlueOak-1\.0\.0|Apache-2\.0|OFL-1\.1|LGPL-3\.0-or-later|Unlicense|CC0-1\.0|MPL-2\.0)$/

describe('NOTICE', () => {
  it('lists the packages of package-lock.json (npm run docs writes it)', () => {
    expect(readFileSync(inRoot('NOTICE'), 'utf8')).toBe(noticeText())
  })

  it('lists no package with an unknown license or one that restricts distribution', () => {
    const licenses = [...noticeText().matchAll(/\((.+)\)$/gm)].flatMap(([, license]) =>
      (license ?? '').replaceAll(/[()]/g, '').split(' AND '),
    )
    // One of the licenses that a package offers is enough.
    const isAllowed = (license: string) => license.split(' OR ').some((one) => ALLOWED.test(one))
    expect(licenses.length).toBeGreaterThan(100)
    expect(licenses.filter((license) => !isAllowed(license))).toEqual([])
  })
})

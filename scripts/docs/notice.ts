import { readFileSync } from 'node:fs'
import { inRoot } from '../lib/paths.ts'

interface LockEntry {
  readonly version?: string
  readonly license?: string
  /** A workspace of this repository. */
  readonly link?: boolean
  /** Only development needs it. */
  readonly dev?: boolean
}

/** Packages whose manifest names no license in the standard field; each was looked up in its own files. */
const LICENSES: Readonly<Record<string, string>> = { 'xmlhttprequest-ssl': 'MIT' }

const INTRODUCTION = `Video Meet includes or uses the third-party packages below at run time. Each comes with its own license text in its folder
under node_modules; the texts of those that are part of the web client are in licenses.txt of the built client.
`

/** The text of NOTICE, from the packages of package-lock.json that are not for development alone. */
export function noticeText(): string {
  const lock = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>
  }
  const lines = Object.entries(lock.packages)
    .filter(([location, { link, dev }]) => location.startsWith('node_modules/') && !link && !dev)
    .map(([location, { version, license }]) => {
      const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length)
      return `${name} ${version ?? ''} (${license ?? LICENSES[name] ?? 'unknown license'})`
    })
  return `${INTRODUCTION}\n${[...new Set(lines)].toSorted().join('\n')}\n`
}

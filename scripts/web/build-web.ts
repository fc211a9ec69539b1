import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { run } from '../lib/child-process.ts'
import { SetupFailure } from '../lib/failure.mjs'
import { withFileLock } from '../lib/file-lock.mjs'
import { packageBin } from '../lib/package-bin.ts'
import { inRoot, ROOT } from '../lib/paths.ts'
import { openProgress, say } from '../lib/progress.mjs'

const SOURCES = ['apps/web/**/*', 'packages/*/package.json', 'packages/*/src/**/*', 'package-lock.json']
const NOT_BUILT = [
  'apps/web/dist/**',
  'apps/web/dist',
  '**/node_modules/**',
  '**/node_modules',
  '**/*.test.{ts,tsx}',
]
const INDEX = inRoot('apps/web/dist/index.html')
/** Inside dist, so that it goes when anybody empties or rebuilds that folder. */
const DIGEST = inRoot('apps/web/dist/.build-digest')

function sourceDigest(): string {
  const hash = createHash('sha256')
  const entries = globSync(SOURCES, { cwd: ROOT, exclude: NOT_BUILT, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
  for (const file of files.toSorted()) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const isUpToDate = (digest: string): boolean =>
  existsSync(INDEX) && existsSync(DIGEST) && readFileSync(DIGEST, 'utf8') === digest

export const isWebBuilt = (): boolean => isUpToDate(sourceDigest())

async function build(digest: string): Promise<void> {
  if (isUpToDate(digest)) return
  const progress = openProgress('Building the web client')
  const { code, output } = await run(process.execPath, [packageBin('vite', { from: 'apps/web' }), 'build'], {
    cwd: inRoot('apps/web'),
    // Whatever the caller's environment says: a development build would be twice as large.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (code !== 0 || !existsSync(INDEX)) {
    progress.stop()
    throw new SetupFailure(
      'Building the web client failed.',
      'Mend what vite says above (git status shows what differs from the commit), then run this again.',
      { details: output.slice(-4000) },
    )
  }
  writeFileSync(DIGEST, digest)
  progress.done('Built the web client')
}

/** Makes sure that apps/web/dist was built from the sources as they are. */
export async function ensureWebBuild(): Promise<void> {
  const digest = sourceDigest()
  if (isUpToDate(digest)) return
  const onWait = (): void => say('▸ Another command is building the web client; waiting for it …')
  await withFileLock(inRoot('node_modules/.web-build-lock'), { onWait }, () => build(digest))
}

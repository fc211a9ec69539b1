import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../lib/paths.ts'

const FILES = globSync('{packages/{client,protocol},apps/web}/src/**/*.{ts,tsx}', { cwd: ROOT }).filter(
  (file) => !/\.test\.tsx?$|\/testing\//.test(file),
)

/** Where an API that browsers may lack is used unchecked, and the files that guard it. */
const GUARDED: readonly {
  readonly api: RegExp
  readonly instead: string
  readonly files: readonly string[]
}[] = [
  { api: /\bnew (?:Offline|webkit)?AudioContext\b/, instead: 'buildAudio', files: ['core/browser.ts'] },
  { api: /\bcrypto\s*\.\s*(?:randomUUID|subtle)\b/, instead: 'createId', files: ['core/browser.ts'] },
  { api: /\bAbortSignal\.any\b/, instead: 'anySignal', files: [] },
  { api: /\bPromise\.(?:withResolvers|try)\b/, instead: 'deferred', files: [] },
  { api: /\bURL\.(?:canParse|parse)\b/, instead: 'try { new URL() }', files: [] },
  { api: /\b(?:Map|Object)\.groupBy\b|\bArray\.fromAsync\b/, instead: 'a loop', files: [] },
  {
    api: /\bnew BroadcastChannel\b|\bnavigator\.locks\b/,
    instead: 'TabLock',
    files: ['rest/session-parts.ts'],
  },
  {
    api: /\bnew (?:Resize|Intersection)Observer\b/,
    instead: 'onResize',
    files: ['lib/use-element-size.ts', 'stage/use-demand.ts'],
  },
  { api: /\bnavigator\.clipboard\b/, instead: 'copyText', files: ['lib/copy-text.ts'] },
  {
    api: /\bnavigator\.(?:wakeLock|mediaSession|serviceWorker|share|permissions|storage|userAgentData)\b(?!\?)/,
    instead: 'a function in core/browser.ts',
    files: ['devices/capture.ts'],
  },
  {
    api: /\bnew Notification\b|\bNotification\.requestPermission\b|\bindexedDB\.|\brequestIdleCallback\(/,
    instead: 'a function in core/browser.ts',
    files: [],
  },
  {
    api: /\bnew MediaStreamTrackProcessor\b|\.requestVideoFrameCallback\(/,
    instead: 'a function in core/browser.ts',
    files: [],
  },
]

it.each(GUARDED)('$instead guards what $api finds', ({ api, files }) => {
  const unguarded = FILES.filter((file) => !files.some((guarded) => file.endsWith(`/${guarded}`))).filter(
    (file) => api.test(codeOf(file)),
  )
  expect(unguarded).toEqual([])
})

it('finds storage only inside try blocks', () => {
  // As a parameter's default, it is read inside the try block of the function that takes it.
  const uses = FILES.flatMap((file) => {
    const code = codeOf(file).replaceAll(/storage: \(\) => Storage = \(\) => (?:local|session)Storage/g, '')
    return outsideTry(code).match(/\b(?:local|session)Storage\b/) ? [file] : []
  })
  expect(uses).toEqual([])
})

/** Without comments. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}

/** Code without its try blocks, nested braces included. */
function outsideTry(code: string): string {
  const start = code.search(/\btry \{/)
  if (start === -1) return code
  let end = code.indexOf('{', start)
  let depth = 0
  do {
    if (code[end] === '{') depth += 1
    if (code[end] === '}') depth -= 1
    end += 1
  } while (depth > 0 && end < code.length)
  return code.slice(0, start) + outsideTry(code.slice(end))
}

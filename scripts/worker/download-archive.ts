/**
 * Downloads one file; gives up when the server is silent. A process of its own, so that Node takes the proxy
 * from the environment (--use-env-proxy) for this download and for nothing else.
 *
 *   node --use-env-proxy scripts/worker/download-archive.ts <url> <file>
 */
import { createWriteStream } from 'node:fs'
import process from 'node:process'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const ANSWER_MS = 5000
const SILENCE_MS = 10_000

async function download(url: string, file: string): Promise<void> {
  const aborter = new AbortController()
  const giveUp = (): void => aborter.abort(new Error('no answer in time'))
  let timer = setTimeout(giveUp, ANSWER_MS)
  const response = await fetch(url, { signal: aborter.signal })
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer)
      timer = setTimeout(giveUp, SILENCE_MS)
      done(null, chunk)
    },
  })
  await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file), { signal: aborter.signal })
  clearTimeout(timer)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

try {
  await download(process.argv[2] ?? '', process.argv[3] ?? '')
} catch (error) {
  console.error(reasonOf(error))
  process.exit(1)
}

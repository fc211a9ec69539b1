import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from './errors.ts'

const FILE_NAME = 'secret-key'
const KEY_BYTES = 32

/**
 * The key that signs tokens: the configured one, or else one that is made on the first start and kept in `dataDir`,
 * readable by its owner only. Tokens stay valid for as long as it stays the same.
 */
export async function loadSecretKey(dataDir: string, configured?: string): Promise<Uint8Array> {
  if (configured !== undefined) return new TextEncoder().encode(configured)
  const file = path.join(dataDir, FILE_NAME)
  const kept = await createOnce(file).catch((error: unknown) => {
    throw unusable(
      file,
      `cannot be read or written (${String((error as NodeJS.ErrnoException).code)})`,
      error,
    )
  })
  const key = Buffer.from(kept.trim(), 'base64url')
  if (key.length < KEY_BYTES) {
    throw unusable(file, 'does not hold a key', undefined)
  }
  return new Uint8Array(key)
}

/** Writes a new key unless there is one, and returns what the file then holds. */
async function createOnce(file: string): Promise<string> {
  try {
    await writeFile(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFile(file, 'utf8')
}

function unusable(file: string, problem: string, cause: unknown): AppError {
  const remedy =
    'Restore it, delete it to have a new key made, or set SECRET_KEY. A new key signs everyone out.'
  return new AppError('unavailable', `The file ${file} ${problem}. ${remedy}`, { cause })
}

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSecretKey } from './secret-key.ts'

describe('loadSecretKey', () => {
  let dataDir = ''
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'secret-key-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  it('takes the configured key and writes nothing', async () => {
    const key = await loadSecretKey(dataDir, 'k'.repeat(40))
    expect(new TextDecoder().decode(key)).toBe('k'.repeat(40))
    await expect(stat(path.join(dataDir, 'secret-key'))).rejects.toThrow('ENOENT')
  })

  it('makes one key, readable by its owner only, and keeps it', async () => {
    const [first, second] = await Promise.all([loadSecretKey(dataDir), loadSecretKey(dataDir)])
    expect(first).toHaveLength(32)
    expect(second).toEqual(first)
    expect(await loadSecretKey(dataDir)).toEqual(first)
    expect((await stat(path.join(dataDir, 'secret-key'))).mode & 0o777).toBe(0o600)
  })

  it('makes another key elsewhere', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'secret-key-'))
    expect(await loadSecretKey(other)).not.toEqual(await loadSecretKey(dataDir))
    await rm(other, { recursive: true })
  })

  it('refuses a file that holds no key, and leaves it as it is', async () => {
    const file = path.join(dataDir, 'secret-key')
    await writeFile(file, 'short')
    await expect(loadSecretKey(dataDir)).rejects.toThrow('delete it to have a new key made')
    expect(await readFile(file, 'utf8')).toBe('short')
  })
})

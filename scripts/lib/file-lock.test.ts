import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withFileLock } from './file-lock.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'file-lock-'))
  file = path.join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets one work at a time, and says so to the one that waits', async () => {
  const events: string[] = []
  const { promise: working, resolve: finish } = Promise.withResolvers<void>()
  const first = withFileLock(file, {}, async () => {
    await working
    events.push('first ends')
  })
  const onWait = (): void => {
    events.push('second waits')
    finish()
  }
  const second = withFileLock(file, { onWait }, async () => {
    events.push('second works')
  })
  await Promise.all([first, second])

  expect(events).toEqual(['second waits', 'first ends', 'second works'])
  expect(existsSync(file)).toBe(false)
})

it('releases the lock of work that fails', async () => {
  await expect(withFileLock(file, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(file)).toBe(false)
})

it('takes over the lock of a process that is gone', async () => {
  writeFileSync(file, `${os.hostname()} ${2 ** 30}`)
  await expect(withFileLock(file, {}, () => Promise.resolve('done'))).resolves.toBe('done')
})

it('takes over the lock of another machine once its heartbeat is lost', async () => {
  writeFileSync(file, 'elsewhere 1')
  const longAgo = new Date(Date.now() - 120_000)
  utimesSync(file, longAgo, longAgo)
  await expect(withFileLock(file, {}, () => Promise.resolve('done'))).resolves.toBe('done')
})

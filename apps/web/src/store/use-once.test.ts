import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useOnce } from './use-once.ts'

test('a create keeps its key until it works; another one has its own', async () => {
  const { result } = renderHook(useOnce)
  const keys: string[] = []
  const attempt = (body: object, works: boolean) =>
    result
      .current(body, (key) => {
        keys.push(key)
        return works ? Promise.resolve() : Promise.reject(new Error('lost'))
      })
      .catch(() => undefined)
  await attempt({ name: 'Ana' }, false)
  await attempt({ name: 'Ana' }, true)
  await attempt({ name: 'Ana' }, false)
  await attempt({ name: 'Ben' }, false)
  expect(keys[1]).toBe(keys[0])
  expect(new Set(keys).size).toBe(3)
  for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{8,200}$/)
})

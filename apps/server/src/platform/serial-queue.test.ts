import { expect, it } from 'vitest'
import { SerialQueue } from './serial-queue.ts'

it('runs one task at a time, in order', async () => {
  const queue = new SerialQueue()
  const seen: string[] = []
  const task = (name: string) => async () => {
    seen.push(`${name} starts`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    return name
  }
  expect(await Promise.all([queue.add(task('a')), queue.add(task('b'))])).toEqual(['a', 'b'])
  expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
})

it('goes on after a task that failed', async () => {
  const queue = new SerialQueue()
  const failing = queue.add(() => Promise.reject(new Error('no')))
  const next = queue.add(() => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

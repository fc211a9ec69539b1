import { beforeEach, expect, it } from 'vitest'
import { LoginDelay } from './login-delay.ts'

let now = 0
let delay: LoginDelay
beforeEach(() => {
  now = 0
  delay = new LoginDelay({ now: () => now })
})

function failTimes(count: number): void {
  for (let n = 0; n < count; n += 1) delay.failed('ana')
}

it('lets people mistype', () => {
  failTimes(4)
  expect(delay.waitOf('ana')).toBe(0)
})

it('makes them wait longer each time, up to a minute, and only them', () => {
  failTimes(5)
  expect(delay.waitOf('ana')).toBe(1000)
  failTimes(1)
  expect(delay.waitOf('ana')).toBe(2000)
  failTimes(20)
  expect(delay.waitOf('ana')).toBe(60_000)
  expect(delay.waitOf('ben')).toBe(0)
  now = 60_000
  expect(delay.waitOf('ana')).toBe(0)
})

it('forgets after a success, and after a quarter of an hour', () => {
  failTimes(9)
  delay.succeeded('ana')
  expect(delay.waitOf('ana')).toBe(0)
  failTimes(9)
  now = 15 * 60_000 + 1
  failTimes(1)
  expect(delay.waitOf('ana')).toBe(0)
})

it('lets as many try at once as may fail, and the others after them', async () => {
  const ends: PromiseWithResolvers<void>[] = []
  const begin = (key: string) => {
    const end = Promise.withResolvers<void>()
    return delay.inTurn(key, () => {
      ends.push(end)
      return end.promise
    })
  }
  failTimes(2)
  const tries = Array.from({ length: 5 }, () => begin('ana'))
  expect(ends).toHaveLength(3)
  void begin('ben')
  expect(ends).toHaveLength(4)
  ends[0]?.resolve()
  await expect.poll(() => ends.length).toBe(5)
  failTimes(3)
  ends[1]?.resolve()
  ends[2]?.resolve()
  await tries[1]
  await tries[2]
  expect(ends).toHaveLength(5)
  ends[4]?.resolve()
  await expect.poll(() => ends.length).toBe(6)
  ends[5]?.resolve()
  await Promise.all(tries)
})

it('gives the turn to the next when a try fails', async () => {
  failTimes(5)
  const failing = delay.inTurn('ana', () => Promise.reject(new Error('wrong')))
  const next = delay.inTurn('ana', async () => 'right')
  await expect(failing).rejects.toThrow('wrong')
  expect(await next).toBe('right')
})

import { beforeEach, expect, it } from 'vitest'
import { LoginDelay } from './login-delay.ts'

let now = 0
let delay: LoginDelay
beforeEach(() => {
  now = 0
  delay = new LoginDelay(() => now)
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

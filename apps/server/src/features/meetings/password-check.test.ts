import { randomUUID } from 'node:crypto'
import { MeetingId } from '@video-meet/protocol'
import { expect, it, vi } from 'vitest'
import { createPasswordCheck } from './password-check.ts'

const MINUTE = 60_000
const createVault = () => ({ id: MeetingId.parse(randomUUID()), passwordHash: 'sesame' })

/** With a clock that stands still, and passwords that are their own hashes. */
function openCheck() {
  const clock = { now: 0 }
  const verify = vi.fn<(hash: string, password: string) => Promise<boolean>>(
    async (hash, password) => hash === password,
  )
  const check = createPasswordCheck(verify, () => clock.now)
  const codeOf = (...[meeting, given]: Parameters<typeof check>) =>
    check(meeting, given).catch(({ code }: { code: string }) => code)
  return { clock, verify, codeOf }
}

it('hears at most thirty wrong passwords in ten minutes, from however many networks they come', async () => {
  const { clock, codeOf } = openCheck()
  const vault = createVault()
  const heard: number[] = []
  for (let second = 0; second < 30 * 60; second += 1) {
    clock.now = second * 1000
    for (let network = 0; network < 50; network += 1) {
      const code = await codeOf(vault, { address: `${network}`, password: 'guess' })
      if (code === 'wrong_password') heard.push(clock.now)
    }
  }
  const busiest = Math.max(
    ...heard.map((from) => heard.filter((at) => at >= from && at < from + 10 * MINUTE).length),
  )
  expect(busiest).toBeLessThanOrEqual(30)
  expect(busiest).toBeGreaterThan(20)
})

it('hears five from one network, says when to come back, and hears of other meetings meanwhile', async () => {
  const { clock, codeOf, verify } = openCheck()
  const vault = createVault()
  const wrong = { address: 'a', password: 'guess' }
  for (let tries = 0; tries < 5; tries += 1) expect(await codeOf(vault, wrong)).toBe('wrong_password')
  expect(await codeOf(vault, { ...wrong, password: 'sesame' })).toBe('rate_limited')
  expect(verify).toHaveBeenCalledTimes(5)
  expect(await codeOf(vault, { address: 'b', password: 'sesame' })).toBe('checked')
  expect(await codeOf(createVault(), wrong)).toBe('wrong_password')
  clock.now += 2 * MINUTE
  expect(await codeOf(vault, { ...wrong, password: 'sesame' })).toBe('checked')
})

it('lets any number of people in who know it', async () => {
  const { codeOf } = openCheck()
  const vault = createVault()
  for (let person = 0; person < 100; person += 1)
    expect(await codeOf(vault, { address: 'one office', password: 'sesame' })).toBe('checked')
})

it('looks at nobody’s password while too many wrong ones came, and refuses nobody for it', async () => {
  const { clock, codeOf } = openCheck()
  const vault = createVault()
  for (let network = 0; network < 15; network += 1)
    await codeOf(vault, { address: `${network}`, password: 'guess' })
  for (const password of ['sesame', 'guess'])
    expect(await codeOf(vault, { address: 'friend', password })).toBe('unchecked')
  clock.now += MINUTE
  expect(await codeOf(vault, { address: 'friend', password: 'sesame' })).toBe('checked')
})

it('asks for a password where there is one, and for none where there is none', async () => {
  const { codeOf } = openCheck()
  expect(await codeOf(createVault(), { address: 'a' })).toBe('password_required')
  expect(await codeOf({ ...createVault(), passwordHash: null }, { address: 'a' })).toBe('checked')
})

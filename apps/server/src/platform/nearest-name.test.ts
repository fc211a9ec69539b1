import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const names = ['RTC_LISTEN_IP', 'RTC_PORT', 'RTC_WORKERS', 'RTC_ANNOUNCED_ADDRESS'] as const

it.each([
  ['RTC_ANNOUNCED_IP', 'RTC_ANNOUNCED_ADDRESS'],
  ['RTC_PORTS', 'RTC_PORT'],
  ['RTC_WORKER', 'RTC_WORKERS'],
  ['RTC_LISTENIP', 'RTC_LISTEN_IP'],
])('takes %s for %s', (typed, meant) => {
  expect(nearestName(typed, names)).toBe(meant)
})

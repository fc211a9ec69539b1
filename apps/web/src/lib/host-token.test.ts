import { FAKE_CODE } from '@video-meet/client/testing'
import { MeetingCode } from '@video-meet/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { keepHostToken, readHostToken } from './host-token.ts'

const OTHER = MeetingCode.parse('bcde-fghjkm-npqr')

afterEach(() => {
  localStorage.clear()
  vi.useRealTimers()
})

test('each meeting that was made here has its token', () => {
  keepHostToken(FAKE_CODE, 'one')
  keepHostToken(OTHER, 'two')
  expect(readHostToken(FAKE_CODE)).toBe('one')
  expect(readHostToken(OTHER)).toBe('two')
})

test('a month later a token is forgotten', () => {
  vi.useFakeTimers({ now: 0 })
  keepHostToken(FAKE_CODE, 'one')
  vi.setSystemTime(31 * 86_400_000)
  keepHostToken(OTHER, 'two')
  expect(readHostToken(FAKE_CODE)).toBeUndefined()
  expect(readHostToken(OTHER)).toBe('two')
})

test.each(['nonsense', 'null', '[1]'])('what is broken in the storage (%s) counts as nothing', (stored) => {
  localStorage.setItem('video-meet.host', stored)
  expect(readHostToken(FAKE_CODE)).toBeUndefined()
  keepHostToken(FAKE_CODE, 'one')
  expect(readHostToken(FAKE_CODE)).toBe('one')
})

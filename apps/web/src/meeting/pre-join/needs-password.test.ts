import { FAKE_CODE } from '@video-meet/client/testing'
import type { Meeting } from '@video-meet/protocol'
import { afterEach, expect, test } from 'vitest'
import { keepHostToken } from '../../lib/host-token.ts'
import { keepInvitationToken } from '../../lib/invitation-token.ts'
import { credentialsFor, forgetPassword } from '../credentials.ts'
import { needsPassword } from './needs-password.ts'

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  forgetPassword(FAKE_CODE)
})

const asks = (change: Partial<Meeting> = {}) =>
  needsPassword({ code: FAKE_CODE, hasPassword: true, details: null, ...change } as Meeting)

test('a stranger is asked for the password of a meeting that has one', () => {
  expect(asks()).toBe(true)
  expect(asks({ hasPassword: false })).toBe(false)
})

test('whoever said it is not asked again, unless it was wrong', () => {
  credentialsFor(FAKE_CODE, 'secret')
  expect(asks()).toBe(false)
  forgetPassword(FAKE_CODE)
  expect(asks()).toBe(true)
})

test('whoever belongs to the meeting is not asked', () => {
  expect(asks({ details: { relation: 'invited' } as Meeting['details'] })).toBe(false)
  keepHostToken(FAKE_CODE, 'token')
  expect(asks()).toBe(false)
  localStorage.clear()
  keepInvitationToken(FAKE_CODE, 'token')
  expect(asks()).toBe(false)
})

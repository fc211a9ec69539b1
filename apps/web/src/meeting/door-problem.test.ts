import { FAKE_CODE } from '@video-meet/client/testing'
import type { Meeting } from '@video-meet/protocol'
import { afterEach, expect, test } from 'vitest'
import { keepHostToken } from '../lib/host-token.ts'
import { keepInvitationToken } from '../lib/invitation-token.ts'
import { doorProblem } from './door-problem.ts'

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

const problem = (join: Meeting['join'], state: Meeting['state'] = 'open') =>
  doorProblem({ code: FAKE_CODE, join, state } as Meeting)

test('a stranger may try only where anyone may join, and reads why not', () => {
  expect(problem('anyone')).toBe(null)
  expect(problem('users')).toBe('signInRequired')
  expect(problem('invited')).toBe('invitedOnly')
})

test('whoever may be known to the server may try', () => {
  const shown = [
    () => localStorage.setItem('video-meet.session', '1'),
    () => keepInvitationToken(FAKE_CODE, 'token'),
    () => keepHostToken(FAKE_CODE, 'token'),
  ]
  for (const show of shown) {
    localStorage.clear()
    sessionStorage.clear()
    expect(problem('invited')).toBe('invitedOnly')
    show()
    expect(problem('invited')).toBe(null)
    expect(problem('users')).toBe(null)
  }
})

test('nobody comes into a meeting that was cancelled; one that has ended may go on', () => {
  keepHostToken(FAKE_CODE, 'token')
  expect(problem('anyone', 'cancelled')).toBe('meetingCancelled')
  expect(problem('anyone', 'ended')).toBe(null)
})

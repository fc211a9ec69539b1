import { FAKE_CODE } from '@video-meet/client/testing'
import type { Meeting } from '@video-meet/protocol'
import { afterEach, expect, test } from 'vitest'
import { keepHostToken } from '../../lib/host-token.ts'
import { keepInvitationToken } from '../../lib/invitation-token.ts'
import { mustWait } from './must-wait.ts'

type Waiting = Meeting['waitingRoom']

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

const relation = (is: 'owner' | 'invited') => ({ relation: is }) as Meeting['details']
const waits = (details: Meeting['details'] = null) =>
  (['nobody', 'guests', 'not_invited', 'everyone'] satisfies Waiting[]).filter((waitingRoom) =>
    mustWait({ code: FAKE_CODE, waitingRoom, details } as Meeting),
  )

test('a stranger waits wherever there is a waiting room', () => {
  expect(waits()).toEqual(['guests', 'not_invited', 'everyone'])
})

test('somebody with an account is no guest', () => {
  localStorage.setItem('video-meet.session', '1')
  expect(waits()).toEqual(['not_invited', 'everyone'])
})

test('whoever is invited waits only where everyone does', () => {
  expect(waits(relation('invited'))).toEqual(['everyone'])
  keepInvitationToken(FAKE_CODE, 'token')
  expect(waits()).toEqual(['everyone'])
})

test('whoever made the meeting never waits', () => {
  expect(waits(relation('owner'))).toEqual([])
  keepHostToken(FAKE_CODE, 'token')
  expect(waits()).toEqual([])
})

import { FAKE_CODE } from '@video-meet/client/testing'
import { MeetingCode } from '@video-meet/protocol'
import { afterEach, expect, test } from 'vitest'
import { keepHostToken } from '../lib/host-token.ts'
import { keepInvitationToken } from '../lib/invitation-token.ts'
import { credentialsFor } from './credentials.ts'

afterEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

test('whoever made the meeting or was invited to it shows that', () => {
  keepHostToken(FAKE_CODE, 'host')
  keepInvitationToken(FAKE_CODE, 'invitation')
  expect(credentialsFor(FAKE_CODE)).toEqual({ hostToken: 'host', invitationToken: 'invitation' })
})

test('a password that was typed is good for coming back too', () => {
  const other = MeetingCode.parse('bcde-fghjkm-npqr')
  credentialsFor(other, 'secret')
  expect(credentialsFor(other, '')).toEqual({ password: 'secret' })
  expect(credentialsFor(other, 'changed')).toEqual({ password: 'changed' })
  expect(credentialsFor(FAKE_CODE)).toEqual({})
})

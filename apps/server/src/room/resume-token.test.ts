import type { MeetingId, ParticipantId } from '@video-meet/protocol'
import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { createResumeTokens } from './resume-token.ts'

const secret = new TextEncoder().encode('s'.repeat(32))
const meeting = '0f8fad5b-d9cb-469f-a165-70867728950e' as MeetingId
const otherMeeting = '7c9e6679-7425-40de-944b-e07fc1f90ae7' as MeetingId
const claim = {
  participantId: '16fd2706-8baf-433b-82eb-8c7fada847da' as ParticipantId,
  serial: 3,
  key: 'user:1',
}
const tokens = createResumeTokens(secret)

it('reads back what it issued', async () => {
  expect(await tokens.read(meeting, await tokens.issue(meeting, claim))).toMatchObject(claim)
})

it('refuses a token of another meeting', async () => {
  expect(await tokens.read(otherMeeting, await tokens.issue(meeting, claim))).toBeNull()
})

function forged(change: {
  key?: string
  audience?: string
  type?: string
  expires?: number
}): Promise<string> {
  return new SignJWT({ meeting, serial: 1, key: 'user:1' })
    .setProtectedHeader({ alg: 'HS256', typ: change.type ?? 'resume+jwt' })
    .setIssuer('video-meet')
    .setAudience(change.audience ?? 'resume')
    .setSubject(claim.participantId)
    .setExpirationTime(change.expires ?? '1h')
    .sign(new TextEncoder().encode(change.key ?? 's'.repeat(32)))
}

it('accepts the form that the forgeries below are made from', async () => {
  expect(await tokens.read(meeting, await forged({}))).not.toBeNull()
})

it.each([{ key: 'x'.repeat(32) }, { audience: 'access' }, { type: 'JWT' }, { expires: 1 }])(
  'refuses a forged or expired token (%j)',
  async (change) => {
    expect(await tokens.read(meeting, await forged(change))).toBeNull()
  },
)

it.each(['', 'not a token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])('refuses %j', async (token) => {
  expect(await tokens.read(meeting, token)).toBeNull()
})

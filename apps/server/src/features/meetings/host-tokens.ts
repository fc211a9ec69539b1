import type { MeetingId } from '@video-meet/protocol'
import { jwtVerify, SignJWT } from 'jose'

const ISSUER = 'video-meet'
const AUDIENCE = 'host'
const TYPE = 'host+jwt'
const LIFETIME = '180d'

/** With which somebody without an account shows that a meeting is theirs. */
export interface HostTokens {
  issue(meetingId: MeetingId): Promise<string>
  /** False for one that is forged, too old or of another meeting. */
  isGood(meetingId: MeetingId, token: string): Promise<boolean>
}

/** @param secret at least 32 bytes */
export function createHostTokens(secret: Uint8Array): HostTokens {
  return {
    issue: (meetingId) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(meetingId)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(secret),

    async isGood(meetingId, token) {
      const expected = { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, typ: TYPE }
      const verified = await jwtVerify(token, secret, expected).catch(() => null)
      return verified?.payload.sub === meetingId
    },
  }
}

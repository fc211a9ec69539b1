import { type MeetingId, ParticipantId } from '@video-meet/protocol'
import { jwtVerify, SignJWT } from 'jose'

const ISSUER = 'video-meet'
const AUDIENCE = 'resume'
const TYPE = 'resume+jwt'
const LIFETIME = '24h'

/** What a resume token proves: this person sat in this meeting. `serial` counts the joins of the seat. */
export interface ResumeClaim {
  readonly participantId: ParticipantId
  readonly serial: number
  /** Of the person. */
  readonly key: string
}

/** A claim as it is read. */
export interface ReadClaim extends ResumeClaim {
  readonly issuedAt: Date
}

/** Makes and reads the tokens with which a client takes its seat again. They outlive a restart of the server. */
export interface ResumeTokens {
  issue(meetingId: MeetingId, claim: ResumeClaim): Promise<string>
  /** The claim, or `null` when the token is forged, too old or of another meeting. */
  read(meetingId: MeetingId, token: string): Promise<ReadClaim | null>
}

/** @param secret at least 32 bytes */
export function createResumeTokens(secret: Uint8Array): ResumeTokens {
  return {
    issue: (meetingId, { participantId, serial, key }) =>
      new SignJWT({ meeting: meetingId, serial, key })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(participantId)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(secret),

    async read(meetingId, token) {
      const expected = { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, typ: TYPE }
      const verified = await jwtVerify(token, secret, expected).catch(() => null)
      const participantId = ParticipantId.safeParse(verified?.payload.sub)
      if (verified?.payload['meeting'] !== meetingId || !participantId.success) return null
      const { serial, key, iat = 0 } = verified.payload
      if (typeof serial !== 'number' || typeof key !== 'string') return null
      return { participantId: participantId.data, serial, key, issuedAt: new Date(iat * 1000) }
    },
  }
}

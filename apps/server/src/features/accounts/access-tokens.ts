import { randomUUID } from 'node:crypto'
import { UserId } from '@video-meet/protocol'
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'

const ISSUER = 'video-meet'
const AUDIENCE = 'api'
const TYPE = 'at+jwt'
const CLOCK_LEEWAY_S = 30

/** How long an access token is good, seconds. */
export const ACCESS_TOKEN_LIFETIME_S = 600

/** What an access token proves. */
export interface AccessClaim {
  readonly userId: UserId
  readonly sessionId: string
}

export interface AccessTokens {
  issue(claim: AccessClaim): Promise<string>
  /** The claim, or `null` when the token is forged or too old. */
  read(token: string): Promise<AccessClaim | null>
}

/** @param key 32 bytes for this purpose alone */
export function createAccessTokens(key: Uint8Array): AccessTokens {
  return {
    issue: ({ userId, sessionId }) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${ACCESS_TOKEN_LIFETIME_S}s`)
        .sign(key),

    async read(token) {
      if (!hasOurHeader(token)) return null
      const expected = {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        typ: TYPE,
        clockTolerance: CLOCK_LEEWAY_S,
        maxTokenAge: ACCESS_TOKEN_LIFETIME_S,
        requiredClaims: ['sub', 'sid', 'jti', 'exp', 'iat'],
      }
      const verified = await jwtVerify(token, key, expected).catch(() => null)
      const userId = UserId.safeParse(verified?.payload.sub)
      const sessionId = verified?.payload['sid']
      return userId.success && typeof sessionId === 'string' ? { userId: userId.data, sessionId } : null
    },
  }
}

/** Headers that name keys, or anything else that we do not write, are not looked at any further. */
function hasOurHeader(token: string): boolean {
  try {
    const names = Object.keys(decodeProtectedHeader(token)).toSorted()
    return names.join() === 'alg,typ'
  } catch {
    return false
  }
}

import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'

const ISSUER = 'video-meet'
const AUDIENCE = 'guest'
const TYPE = 'guest+jwt'
const LIFETIME = '180d'

/** Somebody without an account. */
export interface Guest {
  readonly id: string
  /** With which they show next time that they are the same. */
  readonly token: string
}

export interface GuestTokens {
  /**
   * The guest whose token it is; a new one when it is forged, too old or none.
   *
   * @param knownId who they are in any case, as something else shows
   */
  recognise(token: string | undefined, knownId?: string): Promise<Guest>
}

/** @param secret at least 32 bytes */
export function createGuestTokens(secret: Uint8Array): GuestTokens {
  async function read(token: string): Promise<string | null> {
    const expected = { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, typ: TYPE }
    const verified = await jwtVerify(token, secret, expected).catch(() => null)
    return verified?.payload.sub ?? null
  }
  return {
    async recognise(token, knownId) {
      const id = knownId ?? ((token !== undefined && (await read(token))) || randomUUID())
      const renewed = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime(LIFETIME)
        .sign(secret)
      return { id, token: renewed }
    },
  }
}

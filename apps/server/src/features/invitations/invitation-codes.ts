import { createHmac, randomInt } from 'node:crypto'
import type { InvitationId } from '@video-meet/protocol'
import { jwtVerify, SignJWT } from 'jose'
import { AppError } from '../../platform/errors.ts'
import { isSameText } from '../../platform/secret-token.ts'

const ISSUER = 'video-meet'
const AUDIENCE = 'invitation'
const TYPE = 'invitation+jwt'
const PROOF_LIFETIME_MS = 15 * 60_000
const CODE_LIFETIME_MS = 10 * 60_000
const MAX_TRIES = 5
/** Codes of one invitation: at most one in a minute, and five in an hour. */
const MIN_INTERVAL_MS = 60_000
const MAX_PER_HOUR = 5
const HOUR_MS = 3_600_000

interface SentCodes {
  /** When codes were sent in the last hour, oldest first. */
  readonly sentAt: number[]
  /** The newest code; null once it was used or guessed at too often. */
  current: { readonly hash: string; triesLeft: number } | null
}

/**
 * Proves that somebody reads the email of an invitation: a code of six digits goes there, and whoever types it gets a
 * proof for the door of the meeting. Codes live in memory only, hashed; a restart makes people ask for another one.
 */
export class InvitationCodes {
  readonly #key: Uint8Array
  readonly #now: () => number
  readonly #sent = new Map<InvitationId, SentCodes>()

  /** @param key 32 bytes for this purpose alone */
  constructor(key: Uint8Array, now: () => number = Date.now) {
    this.#key = key
    this.#now = now
  }

  /**
   * A new code, which replaces the one before it.
   *
   * @throws {AppError} `rate_limited` when the last one is too recent or there were too many
   */
  issue(id: InvitationId): string {
    this.#forgetOld()
    const sentAt = this.#sent.get(id)?.sentAt ?? []
    const waitMs = Math.max(
      (sentAt.at(-1) ?? -Infinity) + MIN_INTERVAL_MS,
      sentAt.length < MAX_PER_HOUR ? -Infinity : (sentAt[0] ?? 0) + HOUR_MS,
    )
    if (waitMs > this.#now()) {
      const retryAfterSeconds = Math.ceil((waitMs - this.#now()) / 1000)
      throw new AppError('rate_limited', `You can ask for another code in ${retryAfterSeconds} s.`, {
        details: { retryAfterSeconds },
      })
    }
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const current = { hash: this.#hash(id, code), triesLeft: MAX_TRIES }
    this.#sent.set(id, { sentAt: [...sentAt, this.#now()], current })
    return code
  }

  /**
   * Turns a code into a proof, once.
   *
   * @throws {AppError} `wrong_code` when it's wrong, too old, or was guessed at too often
   */
  async redeem(id: InvitationId, code: string): Promise<string> {
    const sent = this.#sent.get(id)
    const isFresh = (sent?.sentAt.at(-1) ?? 0) + CODE_LIFETIME_MS > this.#now()
    if (!sent?.current || !isFresh || sent.current.triesLeft === 0)
      throw new AppError('wrong_code', 'This code is no longer valid. Ask for a new one.')
    sent.current.triesLeft -= 1
    if (!isSameText(sent.current.hash, this.#hash(id, code)))
      throw new AppError('wrong_code', "This isn't the code that we emailed.")
    sent.current = null
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(id)
      .setIssuedAt(new Date(this.#now()))
      .setExpirationTime(new Date(this.#now() + PROOF_LIFETIME_MS))
      .sign(this.#key)
  }

  /** Whether `proof` shows that somebody reads the email of this invitation. */
  async isProof(id: InvitationId, proof: string): Promise<boolean> {
    const expected = { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE, typ: TYPE }
    const currentDate = new Date(this.#now())
    const verified = await jwtVerify(proof, this.#key, { ...expected, currentDate }).catch(() => null)
    return verified?.payload.sub === id
  }

  #hash(id: InvitationId, code: string): string {
    return createHmac('sha256', this.#key).update(`${id}|${code}`).digest('base64url')
  }

  #forgetOld(): void {
    for (const [id, { sentAt }] of this.#sent) {
      while ((sentAt[0] ?? Infinity) + HOUR_MS <= this.#now()) sentAt.shift()
      if (sentAt.length === 0) this.#sent.delete(id)
    }
  }
}

import { createHash } from 'node:crypto'
import { AppError } from '../platform/errors.ts'

/** Where the first answers are kept. */
export interface IdempotencyStore {
  /** Takes `id` for a first call, or says what is known of it. */
  claim(id: string, bodyHash: string): Promise<'claimed' | KeptAnswer>
  keep(id: string, answer: Record<string, unknown>): Promise<void>
  /** After a failure: the call may be tried again. */
  release(id: string): Promise<void>
}

export interface KeptAnswer {
  readonly bodyHash: string
  /** Null while the first call is at work. */
  readonly answer: Record<string, unknown> | null
}

export interface RepeatableCall {
  /** Proven identity of the caller: keys of different callers never meet. Null acts on every call. */
  readonly caller: string | null
  readonly route: string
  /** As sent in `Idempotency-Key`. */
  readonly key: string | string[] | undefined
  readonly body: unknown
}

/** At least 128 bits of base64url. */
const SECRET = /^[\w-]{22,200}$/
const KEY = /^[\x21-\x7e]{8,200}$/

/**
 * Identity of somebody without an account: a secret that their client made up. Their address wouldn't do, because
 * people behind the same router share it and the first answer can hold the host token of a meeting.
 *
 * @param secret as sent in `Idempotency-Secret`
 * @throws {AppError} `bad_request` when it's too short or malformed
 */
export function secretCaller(secret: string | string[] | undefined): string | null {
  if (secret === undefined) return null
  if (typeof secret !== 'string' || !SECRET.test(secret))
    throw new AppError(
      'bad_request',
      'Idempotency-Secret must be 22 to 200 random letters, digits, hyphens or underscores.',
    )
  return `secret:${secret}`
}

/**
 * Acts once for all calls of a caller with the same key, and gives the first answer to the others.
 *
 * @throws {AppError} `conflict` when the first is still at work, or had another body
 */
export async function actOnce(
  store: IdempotencyStore,
  { caller, route, key, body }: RepeatableCall,
  act: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  if (key === undefined) return act()
  if (typeof key !== 'string' || !KEY.test(key))
    throw new AppError('bad_request', 'Idempotency-Key: 8 to 200 visible ASCII characters, once.')
  if (caller === null) return act()
  const id = sha256(`${caller}\n${route}\n${key}`)
  const bodyHash = sha256(JSON.stringify(body ?? null))
  const kept = await store.claim(id, bodyHash)
  if (kept !== 'claimed') return answerAgain(kept, bodyHash)
  let answer
  try {
    answer = await act()
  } catch (error) {
    // A claim that stays is given up after a while; what went wrong first is what the caller has to know.
    await store.release(id).catch(() => undefined)
    throw error
  }
  // What was done is done: an error would only make the caller try again.
  await store.keep(id, answer).catch(() => undefined)
  return answer
}

function answerAgain({ bodyHash, answer }: KeptAnswer, expected: string): Record<string, unknown> {
  if (bodyHash !== expected)
    throw new AppError('conflict', 'This Idempotency-Key was used for something else. Take a new one.')
  if (!answer)
    throw new AppError('conflict', 'The first call with this Idempotency-Key is still at work. Try again.')
  return answer
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

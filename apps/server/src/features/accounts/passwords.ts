import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { AppError } from '../../platform/errors.ts'

/** OWASP's floor for argon2id; about 30 ms. */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const SALT_BYTES = 16
const TAG_BYTES = 32
/** Who would wait longer than this many others is told to try again. */
const MAX_WAITING = 200

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/
const deriveKey = promisify(argon2)

export interface Passwords {
  /** @returns a PHC string */
  hash(password: string): Promise<string>
  /** @param hash a PHC string; without one it takes as long and is false, so that nobody learns who has an account */
  verify(hash: string | null, password: string): Promise<boolean>
}

/**
 * Hashes with argon2id, as many at once as there are cores.
 *
 * Both throw an {AppError} `unavailable` when too many wait.
 */
export function createPasswords(atOnce: number = availableParallelism()): Passwords {
  const turns = createTurns(atOnce)
  const derive = (password: string, salt: Uint8Array, [memory, passes, lanes, tagLength]: Cost) =>
    turns(() =>
      deriveKey('argon2id', {
        message: Buffer.from(password.normalize('NFKC')),
        nonce: salt,
        memory,
        passes,
        parallelism: lanes,
        tagLength,
      }),
    )
  const anySalt = randomBytes(SALT_BYTES)
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const tag = await derive(password, salt, [MEMORY_KIB, PASSES, LANES, TAG_BYTES])
      return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${encode(salt)}$${encode(tag)}`
    },
    async verify(hash, password) {
      const [, memory, passes, lanes, salt, tag] = PHC.exec(hash ?? '') ?? []
      if (salt === undefined || tag === undefined) {
        await derive(password, anySalt, [MEMORY_KIB, PASSES, LANES, TAG_BYTES])
        return false
      }
      const expected = Buffer.from(tag, 'base64')
      const cost: Cost = [Number(memory), Number(passes), Number(lanes), expected.length]
      return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost), expected)
    },
  }
}

type Cost = [memoryKib: number, passes: number, lanes: number, tagBytes: number]

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}

/** Lets `atOnce` work at a time; the others wait in order. */
function createTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let working = 0
  return async (work) => {
    if (working >= atOnce) {
      if (waiting.length >= MAX_WAITING)
        throw new AppError('unavailable', 'Too many people sign in right now. Try again in a moment.')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else working += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working -= 1
    }
  }
}

import { dictionary } from '@zxcvbn-ts/language-common'
import { AppError } from '../../platform/errors.ts'

const MIN_CHARACTERS = 8

const common: ReadonlySet<string> = new Set(
  (dictionary['passwords-common'] as readonly string[]).filter((word) => word.length >= MIN_CHARACTERS),
)

/**
 * Lets no password through that is tried first by whoever guesses.
 *
 * @param about mail address and name of the person
 * @throws {AppError} `weak_password`
 */
export function assertStrong(password: string, about: readonly string[]): void {
  const lower = password.normalize('NFKC').toLowerCase()
  if (Array.from(lower).length < MIN_CHARACTERS)
    throw new AppError('weak_password', `A password has at least ${MIN_CHARACTERS} characters.`)
  if (common.has(lower) || /^(.)\1+$/u.test(lower))
    throw new AppError(
      'weak_password',
      'Many people have this password, and it is guessed first. Choose another one.',
    )
  if (about.some((text) => text.toLowerCase() === lower || text.toLowerCase().split('@')[0] === lower))
    throw new AppError('weak_password', 'A password must not be your name or mail address.')
}

import * as z from 'zod/mini'
import { named, text, textOf, withExample } from '../shapes.ts'

/** Id of an account. */
export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** Every runtime has it; the types of this package belong to none. */
declare const URL: new (address: string) => { readonly hostname: string }

/** Writes an internationalized domain as mail servers know it, such as `xn--mnchen-3ya.de` for `münchen.de`. */
function withAsciiDomain(address: string): string {
  const [, local, domain] = /^([^@]*)@([\p{L}\p{M}\p{N}.\u3002-]+)$/u.exec(address) ?? []
  if (local === undefined || domain === undefined || !/[^\0-\x7f]/.test(domain)) return address
  try {
    return `${local}@${new URL(`http://${domain}`).hostname}`
  } catch {
    return address
  }
}

/** Zod's own pattern, with internationalized top-level domains. */
const ADDRESS =
  /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]{1,59})$/

/** An email address, trimmed, its domain in ASCII. */
export const EmailAddress = z.pipe(
  z.pipe(
    text(1000),
    z.transform((address: string) => withAsciiDomain(address.normalize('NFC').trim())),
  ),
  z.email({ pattern: ADDRESS }).check(z.maxLength(254)),
)

/** A new password; it is also held against the list of common ones. */
export const NewPassword = withExample(textOf(8, 256), 'correct horse battery staple')

/** A password to be compared. */
export const GivenPassword = textOf(1, 1024)

/** An IANA time zone, such as `Europe/Vienna`. */
export const TimeZone = withExample(
  text(64).check(
    z.refine((zone) => {
      try {
        // Offsets such as +02:00 are no zones: calendars do not know them.
        return /^[a-z]/i.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }).format() !== ''
      } catch {
        return false
      }
    }, 'is not a time zone such as Europe/Vienna'),
  ),
  'Europe/Vienna',
)

/** A BCP 47 language tag, such as `de-AT`. */
export const Language = withExample(
  textOf(2, 35).check(
    z.refine((tag) => {
      try {
        return Intl.getCanonicalLocales(tag).length === 1
      } catch {
        return false
      }
    }, 'is not a language tag such as de-AT'),
  ),
  'en-GB',
)

export const UserRole = z.enum(['user', 'administrator'])
export type UserRole = z.infer<typeof UserRole>

/** An account as its owner sees it. */
export const User = named(
  'User',
  z.object({
    id: UserId,
    email: z.string(),
    emailVerified: z.boolean(),
    name: z.string(),
    language: z.string(),
    timeZone: z.string(),
    role: UserRole,
    /** Path of the picture on this server. */
    avatar: z.nullable(z.string()),
    createdAt: z.iso.datetime(),
  }),
)
export type User = z.infer<typeof User>

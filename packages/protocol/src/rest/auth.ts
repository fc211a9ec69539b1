import * as z from 'zod/mini'
import { named, textOf } from '../shapes.ts'
import { DisplayName } from '../text.ts'
import { EmailAddress, GivenPassword, Language, NewPassword, TimeZone, User } from './people.ts'
import { defineRoute } from './route.ts'

/** Someone is signed in; the refresh token goes into a cookie that scripts cannot read. */
export const SignedIn = named(
  'SignedIn',
  z.object({
    status: z.literal('signed_in'),
    /** For `Authorization: Bearer`. */
    accessToken: z.string(),
    /** Seconds until the access token ends. */
    expiresIn: z.int(),
    user: User,
  }),
)
export type SignedIn = z.infer<typeof SignedIn>

/** A letter is on its way to the address, whether or not there is an account. */
export const LetterSent = named('LetterSent', z.object({ status: z.literal('letter_sent') }))

const MailToken = textOf(20, 200)

export const register = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/register',
  summary: 'Create an account; the first one is the administrator',
  tag: 'auth',
  access: { callers: 'anyone' },
  body: z.strictObject({
    email: EmailAddress,
    name: DisplayName,
    password: NewPassword,
    language: z.optional(Language),
    timeZone: z.optional(TimeZone),
    /** From the link of an invitation: proves the address, and that one was invited. */
    invitationToken: z.optional(textOf(20, 200)),
  }),
  response: z.discriminatedUnion('status', [SignedIn, LetterSent]),
  status: 201,
  errors: ['bad_request', 'conflict', 'forbidden', 'weak_password', 'unavailable'],
  limit: { burst: 10, perMinute: 5 },
})

export const login = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/login',
  summary: 'Sign in',
  tag: 'auth',
  access: { callers: 'anyone' },
  body: z.strictObject({ email: EmailAddress, password: GivenPassword }),
  response: SignedIn,
  status: 200,
  errors: ['bad_request', 'wrong_credentials', 'email_unverified', 'unavailable'],
  limit: { burst: 20, perMinute: 20 },
})

export const refresh = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/refresh',
  summary: 'Trade the refresh cookie for a new access token',
  tag: 'auth',
  access: { callers: 'anyone' },
  response: SignedIn,
  status: 200,
  errors: ['unauthorized'],
  limit: { burst: 60, perMinute: 60 },
})

export const logout = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/logout',
  summary: 'Sign out here',
  tag: 'auth',
  access: { callers: 'anyone' },
  response: z.undefined(),
  status: 204,
  errors: [],
  limit: { burst: 30, perMinute: 30 },
})

export const logoutEverywhere = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/logout-everywhere',
  summary: 'Sign out on all devices',
  tag: 'auth',
  access: { callers: 'users' },
  response: z.undefined(),
  status: 204,
  errors: ['unauthorized'],
  limit: { burst: 10, perMinute: 10 },
})

export const requestPasswordReset = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/password-reset/request',
  summary: 'Ask for a letter with a link that sets a new password',
  tag: 'auth',
  access: { callers: 'anyone' },
  body: z.strictObject({ email: EmailAddress }),
  response: LetterSent,
  status: 200,
  errors: ['bad_request'],
  limit: { burst: 5, perMinute: 3 },
})

export const resetPassword = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/password-reset',
  summary: 'Set a new password with the token from the email; signs out everywhere else and ends API tokens',
  tag: 'auth',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: MailToken, password: NewPassword }),
  response: SignedIn,
  status: 200,
  errors: ['bad_request', 'token_invalid', 'weak_password', 'unavailable'],
  limit: { burst: 10, perMinute: 10 },
})

export const verifyEmail = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/verify-email',
  summary: 'Confirm the email address with the token from the email, and set the password',
  tag: 'auth',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: MailToken, password: NewPassword }),
  response: SignedIn,
  status: 200,
  errors: ['bad_request', 'token_invalid', 'weak_password', 'unavailable'],
  limit: { burst: 10, perMinute: 10 },
})

export const confirmSignIn = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/confirm',
  summary: 'Confirm your password, for operations that need a recent sign-in',
  tag: 'auth',
  access: { callers: 'users' },
  body: z.strictObject({ password: GivenPassword }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'wrong_credentials', 'unavailable'],
  limit: { burst: 10, perMinute: 10 },
})

export const requestEmailVerification = defineRoute({
  method: 'POST',
  path: '/api/v1/auth/verify-email/request',
  summary: 'Ask for the letter that confirms the own mail address again',
  tag: 'auth',
  access: { callers: 'users' },
  response: LetterSent,
  status: 200,
  errors: ['unauthorized'],
  limit: { burst: 3, perMinute: 2 },
})

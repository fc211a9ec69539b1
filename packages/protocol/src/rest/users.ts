import * as z from 'zod/mini'
import { named, text, withExample } from '../shapes.ts'
import { DisplayName } from '../text.ts'
import { pageOf, pageQuery } from './paging.ts'
import {
  EmailAddress,
  GivenPassword,
  Language,
  NewPassword,
  TimeZone,
  User,
  UserId,
  UserRole,
} from './people.ts'
import { defineRoute } from './route.ts'

const IdParams = z.object({ id: UserId })
const READ = { burst: 120, perMinute: 300 }
const WRITE = { burst: 30, perMinute: 60 }

export const getMe = defineRoute({
  method: 'GET',
  path: '/api/v1/users/me',
  summary: 'Read the own account',
  tag: 'users',
  access: { callers: 'users', scope: 'profile:read' },
  response: User,
  status: 200,
  errors: ['unauthorized'],
  limit: READ,
})

export const updateMe = defineRoute({
  method: 'PATCH',
  path: '/api/v1/users/me',
  summary: 'Change the own name, language or time zone',
  tag: 'users',
  access: { callers: 'users' },
  body: z.strictObject({
    name: z.optional(DisplayName),
    language: z.optional(Language),
    timeZone: z.optional(TimeZone),
  }),
  response: User,
  status: 200,
  errors: ['bad_request', 'unauthorized'],
  limit: WRITE,
})

export const deleteMe = defineRoute({
  method: 'DELETE',
  path: '/api/v1/users/me',
  summary: 'Delete the own account with everything that belongs to it',
  tag: 'users',
  access: { callers: 'users' },
  body: z.strictObject({ password: GivenPassword }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'wrong_credentials', 'conflict'],
  limit: { burst: 5, perMinute: 5 },
})

export const exportMe = defineRoute({
  method: 'GET',
  path: '/api/v1/users/me/export',
  summary: 'Read everything that is kept about oneself',
  tag: 'users',
  access: { callers: 'users' },
  response: z.record(z.string(), z.unknown()),
  status: 200,
  errors: ['unauthorized'],
  limit: { burst: 5, perMinute: 5 },
})

export const changePassword = defineRoute({
  method: 'POST',
  path: '/api/v1/users/me/password',
  summary: 'Change your password; signs out everywhere else and ends your API tokens',
  tag: 'users',
  access: { callers: 'users' },
  body: z.strictObject({
    currentPassword: GivenPassword,
    newPassword: NewPassword,
    /** Whether the API tokens end as well; they do unless this is `false`. */
    endApiTokens: z.optional(z.boolean()),
  }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'wrong_credentials', 'weak_password', 'unavailable'],
  limit: { burst: 5, perMinute: 5 },
})

export const setAvatar = defineRoute({
  method: 'PUT',
  path: '/api/v1/users/me/avatar',
  summary: 'Set the own picture; it is cut to a square and stored anew',
  tag: 'users',
  access: { callers: 'users' },
  upload: {
    types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'],
    maxBytes: 5 * 1024 * 1024,
  },
  response: User,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'payload_too_large', 'unsupported_media'],
  limit: { burst: 10, perMinute: 10 },
})

export const deleteAvatar = defineRoute({
  method: 'DELETE',
  path: '/api/v1/users/me/avatar',
  summary: 'Remove the own picture',
  tag: 'users',
  access: { callers: 'users' },
  response: User,
  status: 200,
  errors: ['unauthorized'],
  limit: WRITE,
})

export const getAvatar = defineRoute({
  method: 'GET',
  path: '/api/v1/users/:id/avatar',
  summary: 'Read the picture of a user',
  tag: 'users',
  access: { callers: 'anyone', object: { kind: 'user', rule: 'anyone', param: 'id' } },
  params: IdParams,
  /** `v` only makes the address new when the picture is. */
  query: z.object({ v: z.optional(text(40)) }),
  response: z.instanceof(Uint8Array),
  produces: 'image/webp',
  immutable: true,
  status: 200,
  errors: ['bad_request', 'not_found'],
  limit: { burst: 300, perMinute: 600 },
})

/** A device on which someone is signed in. */
export const Session = named(
  'Session',
  z.object({
    id: z.uuid(),
    /** Browser and system in words, such as `Firefox on Linux`. */
    device: z.string(),
    address: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
    /** The session that asks. */
    current: z.boolean(),
  }),
)
export type Session = z.infer<typeof Session>

export const listSessions = defineRoute({
  method: 'GET',
  path: '/api/v1/users/me/sessions',
  summary: 'List where one is signed in',
  tag: 'users',
  access: { callers: 'users' },
  response: z.object({ items: z.array(Session) }),
  status: 200,
  errors: ['unauthorized'],
  limit: READ,
})

export const endSession = defineRoute({
  method: 'DELETE',
  path: '/api/v1/users/me/sessions/:id',
  summary: 'Sign out on one device',
  tag: 'users',
  access: { callers: 'users', object: { kind: 'session', rule: 'owner', param: 'id' } },
  params: z.object({ id: z.uuid() }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'not_found'],
  limit: WRITE,
})

/** An account as administrators see it. */
export const ManagedUser = named(
  'ManagedUser',
  z.extend(User, {
    state: z.enum(['active', 'disabled']),
    lastSeenAt: z.nullable(z.iso.datetime()),
  }),
)
export type ManagedUser = z.infer<typeof ManagedUser>

export const listUsers = defineRoute({
  method: 'GET',
  path: '/api/v1/users',
  summary: 'List the accounts, by name or mail address if wanted',
  tag: 'administration',
  access: { callers: 'administrators', scope: 'users:read' },
  query: z.object({ ...pageQuery, search: z.optional(text(100)) }),
  response: pageOf(ManagedUser),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden'],
  limit: READ,
})

export const createUser = defineRoute({
  method: 'POST',
  path: '/api/v1/users',
  summary: 'Create an account; a letter lets its owner set the password',
  tag: 'administration',
  access: {
    callers: 'administrators',
    scope: 'users:write',
    recentSignIn: { role: ['administrator'] },
  },
  body: z.strictObject({
    email: EmailAddress,
    name: DisplayName,
    role: withExample(z.optional(UserRole), 'user'),
  }),
  response: ManagedUser,
  status: 201,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'recent_sign_in_required', 'conflict'],
  limit: WRITE,
  idempotent: true,
})

export const updateUser = defineRoute({
  method: 'PATCH',
  path: '/api/v1/users/:id',
  summary: 'Change the name or role of an account, or disable it',
  tag: 'administration',
  access: {
    callers: 'administrators',
    scope: 'users:write',
    recentSignIn: { role: 'any' },
    object: { kind: 'user', rule: 'administrator', param: 'id' },
  },
  params: IdParams,
  body: z.strictObject({
    name: z.optional(DisplayName),
    role: z.optional(UserRole),
    state: z.optional(z.enum(['active', 'disabled'])),
  }),
  response: ManagedUser,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'recent_sign_in_required', 'not_found', 'conflict'],
  limit: WRITE,
})

export const deleteUser = defineRoute({
  method: 'DELETE',
  path: '/api/v1/users/:id',
  summary: 'Delete an account with everything that belongs to it',
  tag: 'administration',
  access: {
    callers: 'administrators',
    scope: 'users:write',
    object: { kind: 'user', rule: 'administrator', param: 'id' },
  },
  params: IdParams,
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'recent_sign_in_required', 'not_found', 'conflict'],
  limit: WRITE,
})

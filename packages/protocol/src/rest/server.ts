import * as z from 'zod/mini'
import { named, whole } from '../shapes.ts'
import { pageOf, pageQuery } from './paging.ts'
import { defineRoute } from './route.ts'

const SignUp = z.enum(['open', 'invited', 'closed'])
const WhoMayCreate = z.enum(['anyone', 'users'])

/** What a client needs to know of the server before anyone is signed in. */
export const ServerInfo = named(
  'ServerInfo',
  z.object({
    signUp: SignUp,
    whoMayCreate: WhoMayCreate,
    /** `outbox`: letters are kept as files on the server instead of being sent. */
    mail: z.enum(['smtp', 'outbox']),
    /** False until the first account, that of the administrator, is made. */
    hasUsers: z.boolean(),
  }),
)
export type ServerInfo = z.infer<typeof ServerInfo>

export const getServerInfo = defineRoute({
  method: 'GET',
  path: '/api/v1/server',
  summary: 'Read how this server is set up',
  tag: 'server',
  access: { callers: 'anyone' },
  response: ServerInfo,
  status: 200,
  errors: [],
  limit: { burst: 120, perMinute: 120 },
})

/** Settings that administrators can change while the server runs. */
export const ServerSettings = named(
  'ServerSettings',
  z.object({
    signUp: SignUp,
    whoMayCreate: WhoMayCreate,
    /** Of meetings that say nothing else. */
    retentionDays: whole(1, 3650),
    /** Minutes before the start at which a reminder goes out; 0: none. */
    reminderMinutes: whole(0, 1440),
    /** Those that the environment sets; they cannot be changed here. */
    fixed: z.array(z.enum(['signUp', 'whoMayCreate'])),
  }),
)
export type ServerSettings = z.infer<typeof ServerSettings>

const LIMIT = { burst: 60, perMinute: 120 }

export const getSettings = defineRoute({
  method: 'GET',
  path: '/api/v1/settings',
  summary: 'Read the settings of the server',
  tag: 'administration',
  access: { callers: 'administrators' },
  response: ServerSettings,
  status: 200,
  errors: ['unauthorized', 'forbidden'],
  limit: LIMIT,
})

export const updateSettings = defineRoute({
  method: 'PATCH',
  path: '/api/v1/settings',
  summary: 'Change settings of the server',
  tag: 'administration',
  access: { callers: 'administrators', recentSignIn: { signUp: 'any', whoMayCreate: 'any' } },
  body: z.partial(
    z.strictObject({
      signUp: SignUp,
      whoMayCreate: WhoMayCreate,
      retentionDays: ServerSettings.shape.retentionDays,
      reminderMinutes: ServerSettings.shape.reminderMinutes,
    }),
  ),
  response: ServerSettings,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'recent_sign_in_required', 'conflict'],
  limit: LIMIT,
})

/** One thing that somebody did, as the audit log keeps it. */
export const AuditEntry = named(
  'AuditEntry',
  z.object({
    id: z.uuid(),
    at: z.iso.datetime(),
    /** Name of who did it; null for the server itself. */
    actor: z.nullable(z.string()),
    /** Such as `user.disabled`. */
    action: z.string(),
    /** What it was done to, in words. */
    subject: z.nullable(z.string()),
    address: z.nullable(z.string()),
  }),
)
export type AuditEntry = z.infer<typeof AuditEntry>

export const listAudit = defineRoute({
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'Read the audit log, latest first',
  tag: 'administration',
  access: { callers: 'administrators' },
  query: z.object(pageQuery),
  response: pageOf(AuditEntry),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden'],
  limit: LIMIT,
})

import * as z from 'zod/mini'

/** What an API token may be good for. */
export const TokenScope = z.enum([
  'meetings:read',
  'meetings:write',
  'profile:read',
  'users:read',
  'users:write',
])
export type TokenScope = z.infer<typeof TokenScope>

/** The kinds of things that a route's `:id` can name. */
export type ObjectKind = 'meeting' | 'invitation' | 'template' | 'user' | 'session' | 'apiToken'

/**
 * Who may act on the thing that a route names. Whoever may not is answered as though there were none, so that nobody
 * learns what exists.
 *
 * - `anyone`: whoever knows the id; the answer itself may hold less for strangers
 * - `member`: its owner, and those invited to it
 * - `invited`: of an invitation, nobody but the person whom it invites
 * - `owner`: nobody but its owner
 * - `administrator`: administrators, whoever owns it
 * - `owner-or-administrator`: its owner; of what belongs to the organisation, administrators
 */
export type ObjectRule =
  | 'anyone'
  | 'member'
  | 'invited'
  | 'owner'
  | 'administrator'
  | 'owner-or-administrator'

/** The row of a route in the table of who may do what. */
export interface RouteAccess {
  /** `creators`: users, and anyone where the operator lets anyone create meetings. */
  readonly callers: 'anyone' | 'creators' | 'users' | 'administrators'
  /** What an API token needs; without it only people who signed in themselves get in. */
  readonly scope?: TokenScope
  /**
   * Needs a sign-in, or a confirmation of it, within the last 15 minutes, and is closed to API tokens: always, or when
   * the body sets one of these fields to one of these values.
   */
  readonly recentSignIn?: 'always' | Readonly<Record<string, 'any' | readonly string[]>>
  /** What the route's parameters name, from the outside in, and who may act on it. */
  readonly object?: {
    readonly kind: ObjectKind
    readonly rule: ObjectRule
    readonly param: 'id' | 'invitationId'
  }
}

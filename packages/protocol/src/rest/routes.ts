import * as attendance from './attendance.ts'
import * as auth from './auth.ts'
import * as health from './health.ts'
import * as invitations from './invitations.ts'
import * as meetings from './meetings.ts'
import * as notices from './notices.ts'
import * as quality from './quality.ts'
import type { Route } from './route.ts'
import * as rtc from './rtc.ts'
import * as server from './server.ts'
import * as templates from './templates.ts'
import * as tokens from './tokens.ts'
import * as users from './users.ts'

/** THE LIST of subjects with REST routes: every route that one of them exports is served. */
const subjects = {
  ...health,
  ...server,
  ...auth,
  ...users,
  ...tokens,
  ...notices,
  ...meetings,
  ...attendance,
  ...quality,
  ...invitations,
  ...templates,
  ...rtc,
} as const

type Subjects = typeof subjects
export type RouteName = {
  [Name in keyof Subjects]: Subjects[Name] extends Route ? Name : never
}[keyof Subjects]
export type Routes = Pick<Subjects, RouteName>

/** Every REST route by name. */
export const routes = Object.fromEntries(
  Object.entries(subjects).filter(([, part]) => isRoute(part)),
) as unknown as Routes

function isRoute(part: object): boolean {
  return 'method' in part && 'path' in part
}

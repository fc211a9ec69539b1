/*
 * Who may call which route on what: every route of the registry × everyone × what it can name, computed from the rows of
 * the policy, never written per route.
 */
import { type ObjectRule, type Route, type RouteName, routes } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { writeReport } from '../lib/authorization-report.ts'
import { type Answer, callRoute } from '../lib/people.ts'
import {
  type CallerName,
  CALLERS,
  isInvited,
  openRestWorld,
  type Variant,
  VARIANTS,
} from '../lib/rest-world.ts'
import { startTestApp } from '../lib/test-app.ts'

/** Works with the cookie, whoever the caller is otherwise; `refresh-races.test.ts` is about it. */
const BY_COOKIE: RouteName = 'refresh'
const list = (Object.entries(routes) as [RouteName, Route][]).filter(([name]) => name !== BY_COOKIE)

type Expected = 'in' | 401 | 403 | 404

const hasAccount = (caller: CallerName) => caller !== 'anonymous' && caller !== 'guest'

/** What keeps a caller out whatever the route names. */
function refusalOf({ access: { callers, scope } }: Route, caller: CallerName): 401 | 403 | null {
  if (callers === 'anyone' && scope === undefined) return null
  if (caller === 'deactivated account') return 401
  if (!hasAccount(caller)) return callers === 'users' || callers === 'administrators' ? 401 : null
  if (!isInScope(caller, scope)) return 403
  return callers === 'administrators' && caller !== 'server administrator' ? 403 : null
}

function isInScope(caller: CallerName, scope: string | undefined): boolean {
  if (caller === 'token for the profile') return scope === 'profile:read'
  return caller !== 'token with all scopes' || scope !== undefined
}

type Relation = 'owner' | 'invited' | 'stranger'

/** What the caller is to what the route names. */
function relationTo({ access: { object } }: Route, caller: CallerName, variant: Variant): Relation {
  if (variant === 'own') return hasAccount(caller) ? 'owner' : 'stranger'
  const isOfMeeting = object?.kind === 'meeting' || (object?.kind === 'invitation' && object.rule === 'owner')
  if (!isOfMeeting) return 'stranger'
  return variant === 'here' ? relationHere(caller) : relationElsewhere(caller)
}

function relationHere(caller: CallerName): Relation {
  if (caller === 'host' || caller === 'token with all scopes') return 'owner'
  return isInvited(caller) ? 'invited' : 'stranger'
}

function relationElsewhere(caller: CallerName): Relation {
  return caller === 'server administrator' ? 'invited' : 'stranger'
}

const MAY_ACT: Readonly<Record<ObjectRule, readonly Relation[]>> = {
  anyone: ['owner', 'invited', 'stranger'],
  administrator: ['owner', 'invited', 'stranger'],
  owner: ['owner'],
  // Of an invitation that is answered, the invited person is the owner.
  invited: ['owner'],
  member: ['owner', 'invited'],
  'owner-or-administrator': ['owner'],
}

function expectedOf(route: Route, caller: CallerName, variant: Variant | null): Expected {
  const refusal = refusalOf(route, caller)
  const { object } = route.access
  if (refusal !== null || !object || variant === null) return refusal ?? 'in'
  if (variant === 'nonexistent') return 404
  return MAY_ACT[object.rule].includes(relationTo(route, caller, variant)) ? 'in' : 404
}

/** Bodies that pass the schema, so that nothing but the policy can refuse. */
const BODIES: Partial<Record<RouteName, unknown>> = {
  updateMeeting: { agenda: 'Changed' },
  cancelMeeting: {},
  invite: { invite: [{ email: 'new@example.org' }] },
  updateInvitation: { role: 'presenter' },
  answerProposal: { answer: 'decline' },
  answerInvitation: { answer: 'accept' },
  updateTemplate: { name: 'Changed' },
  updateUser: { name: 'Changed' },
}

/** Whether an answer comes from behind the policy: there only the state of things may refuse. */
function isIn({ access }: Route, { status, code }: Pick<Answer, 'status' | 'code'>): boolean {
  if (access.object) return status < 400 || status === 409
  return code !== 'unauthorized' && code !== 'forbidden'
}

it('every route whose path names something has a rule for it', () => {
  const without = list
    .filter(([, { path, access }]) => path.includes(':') && !access.object)
    .map(([name]) => name)
  expect(without).toEqual([])
  const elsewhere = list.filter(
    ([, { path, access }]) => access.object && !path.includes(`:${access.object.param}`),
  )
  expect(elsewhere.map(([name]) => name)).toEqual([])
})

it('nobody gets at what is not theirs, and everybody at what is', { timeout: patient(240_000) }, async () => {
  const app = await startTestApp({ limitFactor: 10_000 })
  const { make, signInAgain, tokenOf } = await openRestWorld(app.url)
  const report = { routes: list.length, checks: 0, allowed: 0, refused: 0, wrong: [] as string[] }

  async function check([name, route]: [RouteName, Route], variant: Variant | null, caller: CallerName) {
    const { object } = route.access
    const params = object && variant ? await make[object.kind](variant, caller, route) : {}
    // Without a body what has none to give goes no further than the schema: whoever gets there got in.
    const body = BODIES[name] ?? (route.body ? {} : undefined)
    const { status, code } = await callRoute(app.url, route, { params, body, token: tokenOf(caller) })
    if (!object && route.method !== 'GET') await signInAgain(caller)
    const want = expectedOf(route, caller, variant)
    report.checks += 1
    if (want === 'in') report.allowed += 1
    else report.refused += 1
    if (want === 'in' ? !isIn(route, { status, code }) : status !== want)
      report.wrong.push(`${name}, ${variant}, ${caller}: ${status} ${code}, not ${want}`)
  }

  for (const entry of list)
    for (const variant of entry[1].access.object ? VARIANTS : [null])
      for (const caller of CALLERS) await check(entry, variant, caller)
  await writeReport('rest', report)
  expect(report.wrong).toEqual([])
})

/*
 * Who may call which route on what: computed from the policy rows of the registry, never written per route.
 */
import { randomUUID } from 'node:crypto'
import { type ObjectKind, type ObjectRule, type Route, type RouteName, routes } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { callRoute, register, type Somebody } from '../lib/people.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

type Variant = 'own' | 'same meeting' | "other's" | 'nonexistent'
const VARIANTS: readonly Variant[] = ['own', 'same meeting', "other's", 'nonexistent']

type CallerName =
  | 'anonymous'
  | 'user'
  | 'administrator'
  | 'disabled user'
  | 'token with all scopes'
  | 'token without scopes'

interface Caller {
  readonly name: CallerName
  readonly token: string | undefined
  readonly userId: string | undefined
}

const list = Object.entries(routes) as [RouteName, Route][]
const withObject = list.filter(([, route]) => route.access.object !== undefined)

/** Whether somebody gets past the row of the policy, and what they are told if not. */
function expected(route: Route, caller: CallerName, variant: Variant): 'in' | 401 | 403 | 404 {
  return refusalOf(route, caller) ?? (mayActOn(route, variant) ? 'in' : 404)
}

/** What keeps a caller out whatever the route names. */
function refusalOf({ access: { callers, scope } }: Route, caller: CallerName): 401 | 403 | null {
  if (callers === 'anyone' && scope === undefined) return null
  if (caller === 'disabled user') return 401
  if (caller === 'anonymous') return callers === 'users' || callers === 'administrators' ? 401 : null
  if (caller === 'token without scopes') return 403
  if (caller === 'token with all scopes' && scope === undefined) return 403
  // The tokens here are those of a user who is no administrator.
  return callers === 'administrators' && caller !== 'administrator' ? 403 : null
}

const MAY_ACT: Readonly<Record<ObjectRule, readonly Variant[]>> = {
  anyone: ['own', 'same meeting', "other's"],
  administrator: ['own', 'same meeting', "other's"],
  owner: ['own'],
  member: ['own', 'same meeting'],
  invited: ['own'],
  'owner-or-administrator': ['own'],
}

function mayActOn({ access: { object } }: Route, variant: Variant): boolean {
  return object !== undefined && MAY_ACT[object.rule].includes(variant)
}

/** What is made here is the user's own, or of their meeting; to an administrator all of it is another's. */
function asSeenBy({ name }: Caller, variant: Variant): Variant {
  return name === 'administrator' && variant !== 'nonexistent' ? "other's" : variant
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

async function openWorld(app: TestApp) {
  const { url } = app
  const admin = await register(url, 'Admin', routes.register)
  const people = {
    user: await register(url, 'Uma', routes.register),
    friend: await register(url, 'Fred', routes.register),
    stranger: await register(url, 'Sid', routes.register),
    disabled: await register(url, 'Dora', routes.register),
  }
  const as = async (who: Somebody, route: Route, send: object = {}) => {
    const answer = await callRoute(url, route, { ...send, token: who.token })
    if (answer.status >= 400) throw new Error(`${route.path}: ${JSON.stringify(answer.body)}`)
    return answer.body as Record<string, never> & { id: string }
  }
  const apiToken = async (scopes: string[]) => {
    const body = { name: 'Script', scopes }
    return ((await as(people.user, routes.createApiToken, { body })) as unknown as { token: string }).token
  }
  const tokens = {
    all: await apiToken(['meetings:read', 'meetings:write', 'profile:read']),
    none: await apiToken(['profile:read']),
  }
  const schedule = { startsAt: '2027-03-10T08:00:00.000Z', durationMinutes: 30, timeZone: 'UTC' }
  const meetingOf = async (owner: Somebody, ...invited: Somebody[]) =>
    (
      await as(owner, routes.createMeeting, {
        body: { title: 'M', schedule, invite: invited.map(({ email }) => ({ email, role: 'moderator' })) },
      })
    ).id
  const invitationOf = async (owner: Somebody, id: string, email: string) => {
    const { items } = (await as(owner, routes.listInvitations, { params: { id } })) as unknown as {
      items: { id: string; email: string }[]
    }
    return items.find((item) => item.email === email)?.id ?? 'no such invitation'
  }

  /** Fresh things for each call, as some calls end them. */
  const make: Record<ObjectKind, (variant: Variant, route: Route) => Promise<Record<string, string>>> = {
    meeting: async (variant) => {
      const { user, friend, stranger } = people
      if (variant === 'own') return { id: await meetingOf(user) }
      if (variant === 'same meeting') return { id: await meetingOf(friend, user) }
      return { id: variant === 'nonexistent' ? randomUUID() : await meetingOf(stranger) }
    },
    invitation: async (variant, { access }) => {
      const { user, friend, stranger } = people
      // Of an invitation that its owner acts on, and of one that the invited person answers.
      const byOwner = access.object?.rule === 'owner'
      if (variant === 'nonexistent')
        return byOwner ? { id: await meetingOf(user), invitationId: randomUUID() } : { id: randomUUID() }
      const inviter = { own: byOwner ? user : friend, 'same meeting': friend, "other's": stranger }[variant]
      const invited = variant === "other's" || (byOwner && variant === 'own') ? friend : user
      const other = inviter === invited ? stranger : invited
      const id = await meetingOf(inviter, other)
      const invitationId = await invitationOf(inviter, id, other.email)
      return byOwner ? { id, invitationId } : { id: invitationId }
    },
    template: async (variant) => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      const owner = variant === 'own' ? people.user : people.stranger
      const body = {
        name: 'T',
        description: '',
        durationMinutes: 30,
        agenda: '',
        kind: 'personal',
        policy: ((await as(owner, routes.listTemplates)) as unknown as { items: { policy: object }[] })
          .items[0]?.policy,
      }
      return { id: (await as(owner, routes.createTemplate, { body })).id }
    },
    user: async (variant) => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      const somebody = await register(url, 'Target', routes.register)
      const bytes = Buffer.from(PIXEL, 'base64')
      await callRoute(url, routes.setAvatar, {
        token: somebody.token,
        upload: { type: 'image/png', bytes: new Uint8Array(bytes) },
      })
      return { id: somebody.user.id }
    },
    session: async (variant) => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      const { email, password } = variant === 'own' ? people.user : people.stranger
      const before = new Set(await sessionsOf(variant === 'own' ? people.user : people.stranger))
      await callRoute(url, routes.login, { body: { email, password } })
      const now = await sessionsOf(variant === 'own' ? people.user : people.stranger)
      return { id: now.find((id) => !before.has(id)) ?? 'no new session' }
    },
    apiToken: async (variant) => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      const owner = variant === 'own' ? people.user : people.stranger
      const body = { name: 'X', scopes: ['profile:read'] }
      const made = (await as(owner, routes.createApiToken, { body })) as unknown as {
        apiToken: { id: string }
      }
      return { id: made.apiToken.id }
    },
  }
  const sessionsOf = async (who: Somebody) =>
    ((await as(who, routes.listSessions)) as unknown as { items: { id: string }[] }).items.map(({ id }) => id)

  await as(admin, routes.updateUser, { params: { id: people.disabled.user.id }, body: { state: 'disabled' } })
  const callers: Caller[] = [
    { name: 'anonymous', token: undefined, userId: undefined },
    { name: 'user', token: people.user.token, userId: people.user.user.id },
    { name: 'administrator', token: admin.token, userId: admin.user.id },
    { name: 'disabled user', token: people.disabled.token, userId: people.disabled.user.id },
    { name: 'token with all scopes', token: tokens.all, userId: people.user.user.id },
    { name: 'token without scopes', token: tokens.none, userId: people.user.user.id },
  ]
  return { make, callers }
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

it('every route whose path names something has a rule for it', () => {
  const without = list
    .filter(([, { path, access }]) => path.includes(':') && !access.object)
    .map(([name]) => name)
  expect(without).toEqual([])
  const elsewhere = withObject.filter(([, { path, access }]) => !path.includes(`:${access.object?.param}`))
  expect(elsewhere.map(([name]) => name)).toEqual([])
})

it('nobody gets at what is not theirs, and everybody at what is', { timeout: 120_000 }, async () => {
  const app = await startTestApp({ limitFactor: 1000 })
  const { make, callers } = await openWorld(app)
  const wrong: string[] = []
  let calls = 0

  async function check([name, route]: [RouteName, Route], variant: Variant, caller: Caller): Promise<void> {
    const { object } = route.access
    if (!object) return
    const params = await make[object.kind](variant, route)
    const body = BODIES[name] ?? (route.body ? {} : undefined)
    const { status, body: answered } = await callRoute(app.url, route, { params, body, token: caller.token })
    calls += 1
    const want = expected(route, caller.name, asSeenBy(caller, variant))
    // Inside, only the state of things may refuse: an own meeting without a proposal, say.
    const isRight = want === 'in' ? status < 400 || status === 409 : status === want
    if (!isRight)
      wrong.push(`${name}, ${variant}, ${caller.name}: ${status} ${JSON.stringify(answered)}, not ${want}`)
  }

  for (const entry of withObject)
    for (const variant of VARIANTS) for (const caller of callers) await check(entry, variant, caller)
  process.stdout.write(
    `sweep: ${calls} calls of ${withObject.length} routes, ${wrong.length} wrong answers\n`,
  )
  expect(wrong).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { type ObjectKind, type Route, routes } from '@video-meet/protocol'
import { callRoute, register, type Somebody } from './people.ts'

/** `security.md`'s twelve, and the API tokens of the host. */
export const CALLERS = [
  'host',
  'moderator',
  'presenter',
  'participant',
  'guest',
  'observer',
  'waiting',
  'anonymous',
  'removed',
  'member of another meeting',
  'deactivated account',
  'server administrator',
  'token with all scopes',
  'token for the profile',
] as const
export type CallerName = (typeof CALLERS)[number]
const INVITED = ['moderator', 'presenter', 'participant', 'observer', 'removed'] as const
type Invited = (typeof INVITED)[number]

/** Whose a thing is, as the caller sees it: `here`: of the meeting that the host made. */
export type Variant = 'own' | 'here' | 'elsewhere' | 'nonexistent'
export const VARIANTS: readonly Variant[] = ['own', 'here', 'elsewhere', 'nonexistent']

export function isInvited(caller: CallerName): caller is Invited {
  return INVITED.some((name) => name === caller)
}

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const SCHEDULE = { startsAt: '2027-03-10T08:00:00.000Z', durationMinutes: 30, timeZone: 'UTC' }

/** A server full of people, and fresh things for each call, as some calls end them. */
export async function openRestWorld(url: string) {
  const join = (name: string) => register(url, name, routes.register)
  const administrator = await join('server administrator')
  const people = new Map<CallerName, Somebody>([['server administrator', administrator]])
  const accounts: CallerName[] = ['host', 'waiting', 'member of another meeting', 'deactivated account']
  for (const name of [...accounts, ...INVITED]) people.set(name, await join(name))
  const stranger = await join('stranger')
  const bystander = await join('bystander')

  async function as<Answer = { readonly id: string }>(
    who: Somebody,
    route: Route,
    send: object = {},
  ): Promise<Answer> {
    const answer = await callRoute(url, route, { ...send, token: who.token })
    if (answer.status >= 400) throw new Error(`${route.path}: ${JSON.stringify(answer.body)}`)
    return answer.body as Answer
  }
  const person = (name: CallerName): Somebody => people.get(name) ?? administrator
  /** Some calls end the sessions of those who make them. */
  async function signInAgain(name: CallerName): Promise<void> {
    const who = people.get(name)
    if (!who || name === 'deactivated account') return
    const { email, password } = who
    const { body } = await callRoute(url, routes.login, { body: { email, password } })
    Object.assign(who, { token: (body as { accessToken: string }).accessToken })
  }
  const host = person('host')
  const apiToken = async (scopes: readonly string[]) =>
    (
      await as<{ token: string }>(host, routes.createApiToken, {
        body: { name: 'Script', scopes, expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
      })
    ).token
  const tokens = new Map<CallerName, string>([
    ['token with all scopes', await apiToken(['meetings:read', 'meetings:write', 'profile:read'])],
    ['token for the profile', await apiToken(['profile:read'])],
  ])
  const disable = { params: { id: person('deactivated account').user.id }, body: { state: 'disabled' } }
  await as(administrator, routes.updateUser, disable)

  /** Whose things are a caller's own; somebody else's for those without an account. */
  function ownerFor(caller: CallerName): Somebody {
    if (tokens.has(caller)) return host
    return caller === 'deactivated account' ? stranger : (people.get(caller) ?? stranger)
  }

  const meetingOf = async (owner: Somebody, invite: readonly object[] = []) =>
    (await as(owner, routes.createMeeting, { body: { title: 'M', schedule: SCHEDULE, invite } })).id
  const hostsMeeting = () =>
    meetingOf(
      host,
      INVITED.map((name) => ({
        email: person(name).email,
        role: name === 'removed' ? 'participant' : name,
      })),
    )
  const ownMeeting = (caller: CallerName) =>
    ownerFor(caller) === host ? hostsMeeting() : meetingOf(ownerFor(caller), [{ email: bystander.email }])
  const elsewhere = () => meetingOf(stranger, [{ email: administrator.email }])

  async function invitationTo(id: string, owner: Somebody, email: string): Promise<string> {
    const { items } = await as<{ items: { id: string; email: string }[] }>(owner, routes.listInvitations, {
      params: { id },
    })
    return items.find((item) => item.email === email)?.id ?? 'no such invitation'
  }

  /** An invitation that the owner of its meeting acts on. */
  async function sentInvitation(variant: Variant, caller: CallerName): Promise<Record<string, string>> {
    if (variant === 'own') {
      const owner = ownerFor(caller)
      const id = await ownMeeting(caller)
      const email = owner === host ? person('observer').email : bystander.email
      return { id, invitationId: await invitationTo(id, owner, email) }
    }
    if (variant === 'nonexistent') return { id: await ownMeeting(caller), invitationId: randomUUID() }
    const id = variant === 'here' ? await hostsMeeting() : await elsewhere()
    const [owner, email] =
      variant === 'here' ? [host, person('observer').email] : [stranger, administrator.email]
    return { id, invitationId: await invitationTo(id, owner, email) }
  }

  /** One that the invited person answers; `here`: of somebody else to the host's meeting. */
  async function receivedInvitation(variant: Variant, caller: CallerName): Promise<Record<string, string>> {
    if (variant === 'nonexistent') return { id: randomUUID() }
    if (variant === 'here') {
      const id = await hostsMeeting()
      const other = caller === 'observer' ? 'presenter' : 'observer'
      return { id: await invitationTo(id, host, person(other).email) }
    }
    const invited = variant === 'own' ? ownerFor(caller) : bystander
    const inviter = invited === stranger ? host : stranger
    const id = await meetingOf(inviter, [{ email: invited.email }])
    return { id: await invitationTo(id, inviter, invited.email) }
  }

  async function sessionOf(who: Somebody): Promise<string> {
    const list = async () =>
      (await as<{ items: { id: string }[] }>(who, routes.listSessions)).items.map(({ id }) => id)
    const before = new Set(await list())
    await callRoute(url, routes.login, { body: { email: who.email, password: who.password } })
    return (await list()).find((id) => !before.has(id)) ?? 'no new session'
  }

  async function templateOf(who: Somebody): Promise<string> {
    const { items } = await as<{ items: { policy: object }[] }>(who, routes.listTemplates)
    const body = { name: 'T', description: '', durationMinutes: 30, agenda: '', kind: 'personal' }
    return (await as(who, routes.createTemplate, { body: { ...body, policy: items[0]?.policy } })).id
  }

  async function userWithPicture(): Promise<string> {
    const somebody = await join('Target')
    const upload = { type: 'image/png', bytes: new Uint8Array(Buffer.from(PIXEL, 'base64')) }
    await callRoute(url, routes.setAvatar, { token: somebody.token, upload })
    return somebody.user.id
  }

  const idOf =
    (make: (who: Somebody) => Promise<string>) =>
    async (variant: Variant, caller: CallerName): Promise<Record<string, string>> => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      const other = ownerFor(caller) === host ? stranger : host
      return { id: await make(variant === 'own' ? ownerFor(caller) : other) }
    }

  const make: Record<
    ObjectKind,
    (variant: Variant, caller: CallerName, route: Route) => Promise<Record<string, string>>
  > = {
    meeting: async (variant, caller) => {
      if (variant === 'nonexistent') return { id: randomUUID() }
      if (variant === 'own') return { id: await ownMeeting(caller) }
      return { id: variant === 'here' ? await hostsMeeting() : await elsewhere() }
    },
    invitation: (variant, caller, { access }) =>
      access.object?.rule === 'owner' ? sentInvitation(variant, caller) : receivedInvitation(variant, caller),
    template: idOf(templateOf),
    user: idOf(userWithPicture),
    session: idOf(sessionOf),
    apiToken: idOf(
      async (who) =>
        (
          await as<{ apiToken: { id: string } }>(who, routes.createApiToken, {
            body: {
              name: 'X',
              scopes: ['profile:read'],
              expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
            },
          })
        ).apiToken.id,
    ),
  }
  return {
    make,
    signInAgain,
    /** Nothing for guests and strangers: what they show at the door of a call is nothing to REST. */
    tokenOf: (caller: CallerName) => tokens.get(caller) ?? people.get(caller)?.token,
  }
}

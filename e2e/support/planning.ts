import { randomUUID } from 'node:crypto'
import {
  cancelMeeting,
  CreatedMeeting,
  createMeeting,
  endMeeting,
  register,
  type Route,
  startMeeting,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { callRoute, type Send } from '../../apps/server/test/lib/people.ts'
import type { Person } from './person.ts'
import type { Server } from './server.ts'

/* Meetings and accounts that are there before a story begins: made by the REST API, without a page. */

const CHANGES = { cancel: cancelMeeting, end: endMeeting, start: startMeeting } as const

/** Somebody who has an account. */
export interface Account {
  readonly email: string
  readonly password: string
  readonly token: string
}

/** Makes an account. With mails, only the first one and those of invited people can be used without a letter. */
export async function openAccount(
  at: Server,
  who: { readonly name: string; readonly email?: string; readonly invitationToken?: string },
): Promise<Account> {
  const given = { email: `${randomUUID()}@example.org`, password: 'correct horse battery staple', ...who }
  const { accessToken } = (await call(at, register, { body: given })) as { accessToken: string }
  return { email: given.email, password: given.password, token: accessToken }
}

/** Makes a meeting, which is nobody's unless an owner is named. */
export async function plan(
  at: Server,
  body: z.input<typeof createMeeting.body>,
  owner?: Account,
): Promise<CreatedMeeting> {
  return CreatedMeeting.parse(await call(at, createMeeting, { body, token: owner?.token }))
}

/** Does to a meeting what only its owner may. */
export async function change(
  at: Server,
  { id }: CreatedMeeting,
  { to, by }: { readonly to: keyof typeof CHANGES; readonly by: Account },
): Promise<void> {
  await call(at, CHANGES[to], { params: { id }, token: by.token, ...(to === 'cancel' && { body: {} }) })
}

/** Signs in on the page for it. */
export async function signIn(person: Person, { email, password }: Account): Promise<void> {
  await person.field('Email').fill(email)
  await person.page.getByLabel('Password', { exact: true }).fill(password)
  await person.button('Sign in').click()
}

async function call(at: Server, route: Route, send: Send): Promise<unknown> {
  const { status, body } = await callRoute(at.url, route, send)
  if (status !== route.status) throw new Error(`${route.summary}: ${status} ${JSON.stringify(body)}`)
  return body
}

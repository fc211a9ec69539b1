import type { JoinCredentials } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { readHostToken } from '../lib/host-token.ts'
import { readInvitationToken } from '../lib/invitation-token.ts'
import { wasSignedIn } from '../lib/session-hint.ts'

/** What was typed serves for coming back too, as long as the page is open. */
const passwords = new Map<MeetingCode, string>()

/** How people take over a seat that their invitation holds in another browser. */
const takeovers = new Map<MeetingCode, Pick<JoinCredentials, 'invitationProof' | 'takeOver'>>()

/** Joins take over the seat of the invitation from now on. @param invitationProof without it the account proves that it may */
export function takeOverSeat(code: MeetingCode, invitationProof: string | undefined): void {
  takeovers.set(code, invitationProof === undefined ? { takeOver: true } : { invitationProof })
}

/** With what the person at this browser shows who they are. */
export function credentialsFor(code: MeetingCode, typed?: string): JoinCredentials {
  if (typed) passwords.set(code, typed)
  const invitationToken = readInvitationToken(code)
  const hostToken = readHostToken(code)
  const password = passwords.get(code)
  return {
    ...(wasSignedIn() && { accessToken }),
    ...(invitationToken !== undefined && { invitationToken }),
    ...(hostToken !== undefined && { hostToken }),
    ...(password !== undefined && { password }),
    ...takeovers.get(code),
  }
}

/** Whether somebody typed the password of this meeting here. */
export function knowsPassword(code: MeetingCode): boolean {
  return passwords.has(code)
}

/** It was wrong. */
export function forgetPassword(code: MeetingCode): void {
  passwords.delete(code)
}

/** Whoever never signed in here does not load what knows about accounts. */
async function accessToken(): Promise<string | null> {
  const { account } = await import('../lib/session.ts')
  return (await account.session.accessToken()) ?? null
}

/** The name of the account that is signed in here; null for strangers. */
export async function accountName(): Promise<string | null> {
  if (!wasSignedIn()) return null
  const { account } = await import('../lib/session.ts')
  await account.session.restore()
  const state = account.session.state.get()
  return state.status === 'signedIn' ? state.user.name : null
}

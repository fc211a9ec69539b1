import type { JoinCredentials } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { readInvitationToken } from '../lib/invitation-token.ts'
import { wasSignedIn } from '../lib/session-hint.ts'

/** With what the person at this browser shows who they are. */
export function credentialsFor(code: MeetingCode, password?: string): JoinCredentials {
  const invitationToken = readInvitationToken(code)
  return {
    ...(wasSignedIn() && { accessToken }),
    ...(invitationToken !== undefined && { invitationToken }),
    ...(password !== undefined && password !== '' && { password }),
  }
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

import type { Meeting } from '@video-meet/protocol'
import { readHostToken } from '../lib/host-token.ts'
import { readInvitationToken } from '../lib/invitation-token.ts'
import { wasSignedIn } from '../lib/session-hint.ts'
import type { Problem } from './problem-page.tsx'

/**
 * What keeps this person out, as far as it can be told before their camera is switched on and their name is asked; null
 * when they may try. The server decides.
 */
export function doorProblem({ code, state, join }: Meeting): Problem | null {
  if (state === 'cancelled') return 'meetingCancelled'
  const isStranger =
    !wasSignedIn() && readInvitationToken(code) === undefined && readHostToken(code) === undefined
  return isStranger && join !== 'anyone' ? problemAt('signInRequired', { join }) : null
}

/** The same problem, as it is called at this meeting: for having to sign in the server has one word. */
export function problemAt(problem: Problem, meeting: Pick<Meeting, 'join'> | undefined): Problem {
  return problem === 'signInRequired' && meeting?.join === 'invited' ? 'invitedOnly' : problem
}

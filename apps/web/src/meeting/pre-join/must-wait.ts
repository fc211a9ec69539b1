import type { Meeting } from '@video-meet/protocol'
import { readHostToken } from '../../lib/host-token.ts'
import { readInvitationToken } from '../../lib/invitation-token.ts'
import { wasSignedIn } from '../../lib/session-hint.ts'

/** Whether this person will probably have to be let in. The server decides; this is for what the button says. */
export function mustWait({ code, waitingRoom, details }: Meeting): boolean {
  if (details?.relation === 'owner' || readHostToken(code) !== undefined) return false
  const invited = details !== null || readInvitationToken(code) !== undefined
  switch (waitingRoom) {
    case 'nobody':
      return false
    case 'guests':
      return !invited && !wasSignedIn()
    case 'not_invited':
      return !invited
    case 'everyone':
      return true
  }
}

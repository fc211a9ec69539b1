import type { Meeting } from '@video-meet/protocol'
import { readHostToken } from '../../lib/host-token.ts'
import { readInvitationToken } from '../../lib/invitation-token.ts'
import { knowsPassword } from '../credentials.ts'

/** Whether this person will probably have to say the password. The server decides; this is for what the form asks. */
export function needsPassword({ code, hasPassword, details }: Meeting): boolean {
  if (details !== null || readHostToken(code) !== undefined || readInvitationToken(code) !== undefined)
    return false
  return hasPassword && !knowsPassword(code)
}

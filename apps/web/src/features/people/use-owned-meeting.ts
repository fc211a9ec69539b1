import {
  type Attendee,
  getMeeting,
  type Invitation,
  listAttendees,
  listInvitations,
  type MeetingCode,
  type MeetingId,
} from '@video-meet/protocol'
import { useEffect, useState } from 'react'
import { wasSignedIn } from '../../lib/session-hint.ts'
import { account } from '../../lib/session.ts'

/** What only the owner of a meeting sees of it, while it is on. */
export interface OwnedMeeting {
  readonly id: MeetingId
  readonly invitations: readonly Invitation[]
  readonly attendees: readonly Attendee[]
}

const AGAIN_MS = 20_000

/** Follows a meeting of the person who is signed in; null for everyone else, and while the server cannot be asked. */
export function useOwnedMeeting(code: MeetingCode): { meeting: OwnedMeeting | null; refresh: () => void } {
  const [meeting, setMeeting] = useState<OwnedMeeting | null>(null)
  const [round, setRound] = useState(0)

  useEffect(() => {
    if (!wasSignedIn()) return
    let stopped = false
    const ask = () =>
      void load(code).then(
        (owned) => (stopped ? undefined : setMeeting(owned)),
        // Nothing of this is needed for the call: what does not come now comes the next time.
        () => undefined,
      )
    ask()
    const timer = setInterval(ask, AGAIN_MS)
    return () => {
      stopped = true
      clearInterval(timer)
    }
  }, [code, round])

  return { meeting, refresh: () => setRound((before) => before + 1) }
}

async function load(code: MeetingCode): Promise<OwnedMeeting | null> {
  const { details, id } = await account.rest.call(getMeeting, { params: { id: code } })
  if (details?.relation !== 'owner') return null
  const [invitations, attendees] = await Promise.all([
    account.rest.call(listInvitations, { params: { id } }),
    account.rest.call(listAttendees, { params: { id } }),
  ])
  return { id, invitations: invitations.items, attendees: attendees.items }
}

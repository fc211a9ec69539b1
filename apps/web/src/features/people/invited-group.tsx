import type { Invitation } from '@video-meet/protocol'
import { useState } from 'react'
import { matches } from '../../room/matches.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { absentInvitations } from './absent-invitations.ts'
import { AttendanceDialog } from './attendance-dialog.tsx'
import { InviteForm } from './invite-form.tsx'
import { ownerText } from './owner-text.ts'
import { useOwnedMeeting } from './use-owned-meeting.ts'

/** For the owner of the meeting: who else was invited, a field to invite more, and who has been here. */
export function InvitedGroup({ search }: { search: string }) {
  const { code } = useRoom()
  const { meeting, refresh } = useOwnedMeeting(code)
  const people = useAppSelector((state) => state.meeting.people)
  const [asking, setAsking] = useState(false)
  if (meeting === null) return null
  const absent = absentInvitations(meeting.invitations, people).filter(({ name, email }) =>
    matches(`${name ?? ''} ${email}`, search),
  )
  return (
    <div className="mt-3 border-t border-line px-2 pt-3">
      {absent.length === 0 ? null : (
        <section aria-label={ownerText.invited} className="mb-3">
          <h3 className="text-sm font-semibold">
            {ownerText.invited} · {absent.length}
          </h3>
          <ul aria-label={ownerText.invited}>
            {absent.map((invitation) => (
              <InvitedRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </section>
      )}
      <InviteForm meetingId={meeting.id} onInvited={refresh} />
      <Button look="quiet" className="mt-2 w-full" onClick={() => setAsking(true)}>
        {ownerText.attendance(meeting.attendees.length)}
      </Button>
      {asking ? <AttendanceDialog attendees={meeting.attendees} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

function InvitedRow({ invitation: { name, email, status } }: { invitation: Invitation }) {
  return (
    <li className="flex min-h-12 items-center gap-3 opacity-85">
      <Avatar name={name ?? email} className="size-9 text-[0.8125rem]" />
      <span className="min-w-0">
        <span dir="auto" className="block truncate text-left text-[0.9375rem] font-medium">
          {name ?? email}
        </span>
        <span className="block text-[0.8125rem] text-soft">{ownerText.statuses[status]}</span>
      </span>
    </li>
  )
}

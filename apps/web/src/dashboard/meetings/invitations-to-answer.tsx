import type { ReceivedInvitation } from '@video-meet/protocol'
import { Link } from 'react-router'
import { AnswerButtons } from '../../features/scheduling/answer-buttons.tsx'
import { answerText } from '../../features/scheduling/text.ts'
import { When } from '../../features/scheduling/when-text.tsx'
import { paths } from '../../lib/paths.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Card } from '../../ui/card.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { meetingsText } from './text.ts'

/** What waits for an answer; nothing when nothing does. */
export function InvitationsToAnswer() {
  const query = meetingsApi.useReceivedInvitationsInfiniteQuery(
    { status: 'pending' },
    { pollingInterval: 60_000, skipPollingIfUnfocused: true },
  )
  const invitations = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (invitations.length === 0) return null
  return (
    <Card title={meetingsText.toAnswer}>
      <ul className="flex flex-col divide-y divide-line">
        {invitations.map((invitation) => (
          <ToAnswer key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      <MoreButton query={query} />
    </Card>
  )
}

function ToAnswer({ invitation }: { invitation: ReceivedInvitation }) {
  const { id, meeting, organiser, status } = invitation
  const { timeZone } = useUser()
  const toast = useToast()
  const [answer] = meetingsApi.useAnswerInvitationMutation()
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <div>
        <Link
          to={paths.meeting(meeting.id)}
          dir="auto"
          className="rounded-control font-medium break-words hover:underline"
        >
          {meeting.title}
        </Link>
        <p className="text-sm text-soft">
          {meetingsText.invites(organiser)} · <When schedule={meeting.schedule} />
        </p>
      </div>
      <AnswerButtons
        status={status}
        schedule={meeting.schedule}
        timeZone={timeZone}
        onAnswer={async (body) => {
          await answer({ params: { id }, body }).unwrap()
          toast(answerText.sent)
        }}
      />
    </li>
  )
}

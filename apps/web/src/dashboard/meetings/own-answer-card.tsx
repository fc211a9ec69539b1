import type { Meeting } from '@video-meet/protocol'
import { AnswerButtons } from '../../features/scheduling/answer-buttons.tsx'
import { answerText } from '../../features/scheduling/text.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Card } from '../../ui/card.tsx'
import { detailText } from './text.ts'

/** The answer of somebody who is invited. */
export function OwnAnswerCard({ meeting }: { meeting: Meeting }) {
  const { timeZone } = useUser()
  const toast = useToast()
  const { data } = meetingsApi.useReceivedInvitationsInfiniteQuery({})
  const [answer] = meetingsApi.useAnswerInvitationMutation()
  const invitation = data?.pages.flatMap(({ items }) => items).find((it) => it.meeting.id === meeting.id)
  const status = meeting.details?.answer ?? 'pending'
  return (
    <Card title={detailText.yourAnswer} description={answerText.own[status]}>
      {invitation && (meeting.state === 'open' || meeting.state === 'live') ? (
        <AnswerButtons
          status={status}
          schedule={meeting.schedule}
          timeZone={timeZone}
          onAnswer={async (body) => {
            await answer({ params: { id: invitation.id }, body }).unwrap()
            toast(answerText.sent)
          }}
        />
      ) : null}
    </Card>
  )
}

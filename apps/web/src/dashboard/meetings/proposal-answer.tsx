import type { Invitation, MeetingId, MeetingSchedule } from '@video-meet/protocol'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { detailText } from './text.ts'

interface ProposalAnswerProps {
  meetingId: MeetingId
  invitation: Invitation
  proposal: MeetingSchedule
}

/** Another time that somebody proposes, and what the owner can say to it. */
export function ProposalAnswer({ meetingId, invitation, proposal }: ProposalAnswerProps) {
  const dates = useDates()
  const toast = useToast()
  const [answer, { isLoading }] = meetingsApi.useAnswerProposalMutation()

  async function say(word: 'accept' | 'decline', done: string): Promise<void> {
    if (isLoading) return
    const params = { id: meetingId, invitationId: invitation.id }
    try {
      await answer({ params, body: { answer: word } }).unwrap()
      toast(done)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  const end = new Date(Date.parse(proposal.startsAt) + proposal.durationMinutes * 60_000).toISOString()
  const time = `${dates.day(proposal.startsAt)}, ${dates.time(proposal.startsAt)}–${dates.time(end)}`
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control bg-accent-soft px-4 py-3">
      <p className="flex-1 basis-56 text-[0.9375rem]">{detailText.proposes(time)}</p>
      <div className="flex gap-2">
        <Button aria-disabled={isLoading} onClick={() => void say('accept', detailText.moved)}>
          {detailText.acceptTime}
        </Button>
        <Button
          look="secondary"
          aria-disabled={isLoading}
          onClick={() => void say('decline', detailText.proposalDeclined)}
        >
          {detailText.declineTime}
        </Button>
      </div>
    </div>
  )
}

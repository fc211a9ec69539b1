import type { Meeting } from '@video-meet/protocol'
import { CalendarPlus, Link2, Pencil, Video } from 'lucide-react'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { When } from '../../features/scheduling/when-text.tsx'
import { meetingPath } from '../../lib/meeting-link.ts'
import { paths } from '../../lib/paths.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { policyText } from '../templates/text.ts'
import { AttendanceCard } from './attendance-card.tsx'
import { InviteesCard } from './invitees-card.tsx'
import { MeetingMenu } from './meeting-menu.tsx'
import { OwnAnswerCard } from './own-answer-card.tsx'
import { QualityCard } from './quality/quality-card.tsx'
import { detailText, meetingsText } from './text.ts'
import { useMeetingActions } from './use-meeting-actions.ts'

/** A meeting with everything that its owner or a guest of theirs may know of it. */
export function MeetingPage() {
  const { id = '' } = useParams()
  const query = meetingsApi.useMeetingQuery(
    { params: { id } },
    { pollingInterval: 20_000, skipPollingIfUnfocused: true },
  )
  return <Loaded query={query}>{(meeting) => <MeetingDetail meeting={meeting} />}</Loaded>
}

function MeetingDetail({ meeting }: { meeting: Meeting }) {
  const isOwner = meeting.details?.relation === 'owner'
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <PageHeading
        title={meeting.title}
        description={<When schedule={meeting.schedule} startsAt={meeting.details?.nextStartsAt} />}
        action={
          meeting.state === 'open' ? null : (
            <Badge tone={meeting.state === 'live' ? 'accent' : 'danger'}>
              {meetingsText.states[meeting.state]}
            </Badge>
          )
        }
      />
      <Actions meeting={meeting} isOwner={isOwner} />
      {meeting.details?.relation === 'invited' ? <OwnAnswerCard meeting={meeting} /> : null}
      <AboutCard meeting={meeting} />
      {isOwner ? (
        <>
          <InviteesCard meeting={meeting} />
          <AttendanceCard meeting={meeting} />
          <QualityCard meeting={meeting} />
        </>
      ) : null}
    </div>
  )
}

function Actions({ meeting, isOwner }: { meeting: Meeting; isOwner: boolean }) {
  const { copyLink, addToCalendar } = useMeetingActions()
  const canJoin = meeting.state === 'open' || meeting.state === 'live'
  return (
    <div className="flex flex-wrap items-center gap-3">
      {canJoin ? (
        <ButtonLink look="primary" to={meetingPath(meeting.code)}>
          <Video aria-hidden className="size-5" />
          {meetingsText.join}
        </ButtonLink>
      ) : null}
      <Button look="secondary" onClick={() => void copyLink(meeting.code)}>
        <Link2 aria-hidden className="size-5" />
        {meetingsText.copyLink}
      </Button>
      {meeting.schedule && meeting.state !== 'cancelled' ? (
        <Button look="secondary" onClick={() => void addToCalendar(meeting)}>
          <CalendarPlus aria-hidden className="size-5" />
          {meetingsText.addToCalendar}
        </Button>
      ) : null}
      {isOwner && meeting.state !== 'cancelled' ? (
        <ButtonLink to={`${paths.meeting(meeting.id)}/edit`}>
          <Pencil aria-hidden className="size-4.5" />
          {detailText.edit}
        </ButtonLink>
      ) : null}
      {isOwner ? <MeetingMenu meeting={meeting} /> : null}
      {canJoin ? (
        <ButtonLink look="quiet" to={paths.test}>
          {meetingsText.test}
        </ButtonLink>
      ) : null}
    </div>
  )
}

function AboutCard({ meeting }: { meeting: Meeting }) {
  const { details } = meeting
  return (
    <Card title={detailText.about}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[10rem_1fr]">
        <Fact name={detailText.code}>
          <span className="font-mono">{meeting.code}</span>
        </Fact>
        {details?.organiser ? <Fact name={detailText.organiser}>{details.organiser}</Fact> : null}
        <Fact name={detailText.whoMayJoin}>{policyText.join.choices[meeting.join]}</Fact>
        {meeting.waitingRoom === 'nobody' ? null : (
          <Fact name={detailText.whoWaits}>{policyText.waitingRoom.choices[meeting.waitingRoom]}</Fact>
        )}
        {meeting.hasPassword ? <Fact name={detailText.password}>{detailText.hasPassword}</Fact> : null}
        {details?.description ? <Fact name={detailText.description}>{details.description}</Fact> : null}
        {details?.agenda ? <Fact name={detailText.agenda}>{details.agenda}</Fact> : null}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm font-medium text-soft sm:pt-0.5">{name}</dt>
      <dd dir="auto" className="min-w-0 break-words whitespace-pre-line">
        {children}
      </dd>
    </>
  )
}

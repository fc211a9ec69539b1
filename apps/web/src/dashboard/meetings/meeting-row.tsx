import type { MeetingListItem } from '@video-meet/protocol'
import { CalendarPlus, Ellipsis, Link2, Repeat } from 'lucide-react'
import { Link } from 'react-router'
import { answerText } from '../../features/scheduling/text.ts'
import { meetingPath } from '../../lib/meeting-link.ts'
import { paths } from '../../lib/paths.ts'
import { useDates } from '../../store/use-dates.ts'
import { Badge } from '../../ui/badge.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { meetingsText } from './text.ts'
import { useMeetingActions } from './use-meeting-actions.ts'

/** A meeting in a list: when, what, and the way in. */
export function MeetingRow({ meeting }: { meeting: MeetingListItem }) {
  const { title, state, code, relation, organiser, answer, schedule } = meeting
  const canJoin = state === 'open' || state === 'live'
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <p className="w-24 shrink-0 text-sm text-soft tabular-nums">
        <Time meeting={meeting} />
      </p>
      <div className="min-w-0 flex-1 basis-48">
        <Link
          to={paths.meeting(meeting.id)}
          dir="auto"
          className="inline-block rounded-control py-1 font-medium break-words hover:underline"
        >
          {title}
        </Link>
        <p className="flex flex-wrap items-center gap-2 text-sm text-soft">
          {state === 'live' ? <Badge tone="accent">{meetingsText.states.live}</Badge> : null}
          {state === 'cancelled' ? <Badge tone="danger">{meetingsText.states.cancelled}</Badge> : null}
          {relation === 'invited' && organiser !== null ? <span>{meetingsText.by(organiser)}</span> : null}
          {answer === null || answer === 'accepted' ? null : <Badge>{answerText.statuses[answer]}</Badge>}
          {schedule?.recurrence === undefined ? null : (
            <span className="inline-flex items-center gap-1">
              <Repeat aria-hidden className="size-3.5" />
              {meetingsText.repeats}
            </span>
          )}
        </p>
      </div>
      <div className="flex items-center gap-1">
        {canJoin ? (
          <ButtonLink
            look={state === 'live' ? 'primary' : 'secondary'}
            to={meetingPath(code)}
            aria-label={meetingsText.joinTitle(title)}
          >
            {meetingsText.join}
          </ButtonLink>
        ) : null}
        <RowMenu meeting={meeting} />
      </div>
    </li>
  )
}

function Time({ meeting: { schedule, at } }: { meeting: MeetingListItem }) {
  const dates = useDates()
  if (!schedule) return dates.date(at)
  const end = new Date(Date.parse(at) + schedule.durationMinutes * 60_000).toISOString()
  return (
    <time dateTime={at}>
      {dates.time(at)}–{dates.time(end)}
    </time>
  )
}

function RowMenu({ meeting }: { meeting: MeetingListItem }) {
  const { copyLink, addToCalendar } = useMeetingActions()
  return (
    <Menu
      label={meetingsText.actionsOf(meeting.title)}
      trigger={<Ellipsis aria-hidden className="size-5" />}
      triggerClassName="inline-flex size-11 items-center justify-center rounded-control text-soft hover:bg-control hover:text-ink"
    >
      <MenuItem icon={Link2} onSelect={() => void copyLink(meeting.code)}>
        {meetingsText.copyLink}
      </MenuItem>
      {meeting.schedule ? (
        <MenuItem icon={CalendarPlus} onSelect={() => void addToCalendar(meeting)}>
          {meetingsText.addToCalendar}
        </MenuItem>
      ) : null}
    </Menu>
  )
}

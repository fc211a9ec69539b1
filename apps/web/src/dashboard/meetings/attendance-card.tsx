import { type Attendee, exportAttendees, type Meeting } from '@video-meet/protocol'
import { UsersRound } from 'lucide-react'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { CsvButton } from './csv-button.tsx'
import { detailText } from './text.ts'

/** Who was in the call, from when to when. */
export function AttendanceCard({ meeting: { id } }: { meeting: Meeting }) {
  const query = meetingsApi.useAttendeesQuery(
    { params: { id } },
    { pollingInterval: 20_000, skipPollingIfUnfocused: true },
  )
  return (
    <Card
      title={detailText.attendance}
      description={detailText.attendanceHint}
      action={
        query.data?.items.length ? (
          <CsvButton route={exportAttendees} id={id} what={detailText.attendance} />
        ) : null
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={UsersRound} title={detailText.noAttendance} />
          ) : (
            <AttendanceTable attendees={items} />
          )
        }
      </Loaded>
    </Card>
  )
}

function AttendanceTable({ attendees }: { attendees: readonly Attendee[] }) {
  const dates = useDates()
  const columns: Column<Attendee>[] = [
    {
      title: detailText.person,
      cell: ({ name, kind }) => (
        <span className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="font-medium break-words">
            {name}
          </span>
          {kind === 'guest' ? <Badge>{detailText.guest}</Badge> : null}
        </span>
      ),
    },
    { title: detailText.joined, cell: ({ joinedAt }) => dates.dateTime(joinedAt) },
    {
      title: detailText.left,
      from: 'md',
      cell: ({ leftAt }) => (leftAt === null ? detailText.stillThere : dates.dateTime(leftAt)),
    },
    { title: detailText.minutes, cell: ({ seconds }) => String(Math.round(seconds / 60)) },
  ]
  return (
    <Table
      caption={detailText.attendanceList}
      columns={columns}
      rows={attendees}
      keyOf={({ participantId }) => participantId}
    />
  )
}

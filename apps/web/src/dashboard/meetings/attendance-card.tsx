import { type Attendee, exportAttendees, type Meeting } from '@video-meet/protocol'
import { Download, UsersRound } from 'lucide-react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { saveFile } from '../../lib/save-file.ts'
import { useAccount } from '../../store/account-context.tsx'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useToast } from '../../store/use-toast.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { type Column, Table } from '../../ui/table.tsx'
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
      action={query.data?.items.length ? <DownloadButton id={id} /> : null}
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
      caption={detailText.attendance}
      columns={columns}
      rows={attendees}
      keyOf={({ participantId }) => participantId}
    />
  )
}

function DownloadButton({ id }: Pick<Meeting, 'id'>) {
  const { rest } = useAccount()
  const toast = useToast()

  async function download(): Promise<void> {
    try {
      const csv = await rest.call(exportAttendees, { params: { id } })
      saveFile(new Blob([csv], { type: 'text/csv' }), detailText.attendanceFile)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  return (
    <Button look="secondary" onClick={() => void download()}>
      <Download aria-hidden className="size-5" />
      {detailText.download}
    </Button>
  )
}

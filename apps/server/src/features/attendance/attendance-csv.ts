import type { Attendee } from '@video-meet/protocol'
import { csvOf } from '../../platform/csv.ts'

const HEADER = ['Name', 'Account or guest', 'Role', 'Joined', 'Left', 'Minutes']

/** Attendance as CSV, one line per person; times are in UTC, `Left` is empty for who is there. */
export function attendanceCsv(attendees: readonly Attendee[]): string {
  const lines = attendees.map(({ name, kind, role, joinedAt, leftAt, seconds }) => [
    name,
    kind === 'user' ? 'account' : 'guest',
    role,
    joinedAt,
    leftAt ?? '',
    (seconds / 60).toFixed(1),
  ])
  return csvOf([HEADER, ...lines])
}

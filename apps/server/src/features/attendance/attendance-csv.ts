import type { Attendee } from '@video-meet/protocol'

const HEADER = ['Name', 'Account or guest', 'Role', 'Joined', 'Left', 'Minutes']
/** Spreadsheets read it as UTF-8 then. */
const BYTE_ORDER_MARK = '\ufeff'

/** Attendance as CSV (RFC 4180), one line per person; times are in UTC, `Left` is empty for who is there. */
export function attendanceCsv(attendees: readonly Attendee[]): string {
  const lines = attendees.map(({ name, kind, role, joinedAt, leftAt, seconds }) => [
    name,
    kind === 'user' ? 'account' : 'guest',
    role,
    joinedAt,
    leftAt ?? '',
    (seconds / 60).toFixed(1),
  ])
  return BYTE_ORDER_MARK + [HEADER, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** What spreadsheets take for the beginning of a formula; the wide ones do so in East Asia. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function cell(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

import type { Attendee } from '@video-meet/protocol'

const HEADER = ['Name', 'Account or guest', 'Role', 'Joined (UTC)', 'Left (UTC)', 'Minutes']
/** Spreadsheets read it as UTF-8 then. */
const BYTE_ORDER_MARK = '\ufeff'

/** Attendance as CSV (RFC 4180), one line per person. */
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

/** A cell that a spreadsheet does not take for a formula. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

import type { Attendee } from '@video-meet/protocol'
import { Dialog } from '../../ui/dialog.tsx'
import { ownerText } from './owner-text.ts'

interface AttendanceDialogProps {
  attendees: readonly Attendee[]
  onClose: () => void
}

/** Who has been in the call, and for how long. */
export function AttendanceDialog({ attendees, onClose }: AttendanceDialogProps) {
  return (
    <Dialog title={ownerText.attendanceTitle} onClose={onClose}>
      <ul aria-label={ownerText.attendanceTitle} className="divide-y divide-line">
        {attendees.map(({ participantId, name, leftAt, seconds }) => (
          <li key={participantId} className="flex items-center justify-between gap-4 py-2.5">
            <span dir="auto" className="min-w-0 truncate font-medium">
              {name}
            </span>
            <span className="shrink-0 text-sm text-soft">
              {ownerText.stay(Math.round(seconds / 60), leftAt === null ? ownerText.here : ownerText.gone)}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

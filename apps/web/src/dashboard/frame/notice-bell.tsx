import { Bell } from 'lucide-react'
import { useState } from 'react'
import { noticesApi } from '../../store/api/notices-api.ts'
import { frameText } from '../text.ts'
import { NoticesDialog } from './notices-dialog.tsx'

/** Notices come without a reload, though not at once. */
const POLL_MS = 60_000

/** Tells how much is new, and opens it. */
export function NoticeBell() {
  const [open, setOpen] = useState(false)
  const query = noticesApi.useNoticesInfiniteQuery(
    {},
    { pollingInterval: POLL_MS, skipPollingIfUnfocused: true },
  )
  const unread = query.data?.pages[0]?.unread ?? 0
  return (
    <>
      <button
        type="button"
        aria-label={unread > 0 ? frameText.unread(unread) : frameText.notifications}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="relative inline-flex size-11 shrink-0 items-center justify-center rounded-control text-soft hover:bg-control hover:text-ink"
      >
        <Bell aria-hidden className="size-5" />
        {unread > 0 ? (
          <span
            aria-hidden
            className="absolute top-1 right-1 min-w-5 rounded-full bg-danger px-1 text-center text-xs leading-5 font-semibold text-danger-ink"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        ) : null}
      </button>
      {open ? <NoticesDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

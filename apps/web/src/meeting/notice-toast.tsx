import { CircleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { text } from '../lib/text.ts'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { noticeDismissed } from '../store/ui-slice.ts'
import { IconButton } from '../ui/icon-button.tsx'

/** Long enough to read two sentences twice. */
const SHOWN_MS = 8000

/** What went wrong with something the person just did. */
export function NoticeToast() {
  const dispatch = useAppDispatch()
  const notice = useAppSelector((state) => state.ui.notice)

  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(() => dispatch(noticeDismissed()), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [dispatch, notice])

  return (
    <div
      role="alert"
      className="pointer-events-none absolute inset-x-3 bottom-3 z-20 flex justify-center sm:bottom-14"
    >
      {notice === null ? null : (
        <div
          key={notice.id}
          className="pointer-events-auto flex max-w-lg animate-rise items-center gap-3 rounded-2xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-high"
        >
          {notice.tone === 'error' ? (
            <CircleAlert aria-hidden className="size-5 shrink-0 text-danger-text" />
          ) : null}
          <p className="py-1.5">{notice.text}</p>
          <IconButton label={text.close} icon={X} onClick={() => dispatch(noticeDismissed())} />
        </div>
      )}
    </div>
  )
}

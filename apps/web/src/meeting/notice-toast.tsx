import { CircleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { text } from '../lib/text.ts'
import { useCallActions } from '../room/room-context.tsx'
import { callText } from '../room/text.ts'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { type Notice, noticeDismissed } from '../store/ui-slice.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'

/** Long enough to read two sentences twice. */
const SHOWN_MS = 8000
/** Long enough to decide as well. */
const OFFERED_MS = 30_000

/** What went wrong with something the person just did, and what others did to them. */
export function NoticeToast() {
  const dispatch = useAppDispatch()
  const notice = useAppSelector((state) => state.ui.notice)

  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(() => dispatch(noticeDismissed()), notice.offer ? OFFERED_MS : SHOWN_MS)
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
          {notice.offer ? <Offer offer={notice.offer} /> : null}
          <IconButton label={text.close} icon={X} onClick={() => dispatch(noticeDismissed())} />
        </div>
      )}
    </div>
  )
}

function Offer({ offer }: { offer: NonNullable<Notice['offer']> }) {
  const dispatch = useAppDispatch()
  const actions = useCallActions()

  function accept(): void {
    dispatch(noticeDismissed())
    if (offer === 'microphone') actions.openMicrophone()
    else if (offer === 'camera') actions.openCamera()
    else actions.choose[offer.kind](offer.deviceId)
  }

  return <Button onClick={accept}>{callText.offers[typeof offer === 'string' ? offer : 'returned']}</Button>
}

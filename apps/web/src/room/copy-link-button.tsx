import type { MeetingCode } from '@video-meet/protocol'
import { Check, Link2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from '../lib/copy-text.ts'
import { meetingLink } from '../lib/meeting-link.ts'
import { text } from '../lib/text.ts'
import { useAppDispatch } from '../store/hooks.ts'
import { announced, noticeShown } from '../store/ui-slice.ts'
import { Button } from '../ui/button.tsx'

const CONFIRMED_MS = 2500

/** Copies the meeting's link and says so in place. */
export function CopyLinkButton({ code, className = '' }: { code: MeetingCode; className?: string }) {
  const dispatch = useAppDispatch()
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    if (await copyText(meetingLink(code))) {
      setCopied(true)
      dispatch(announced(text.linkCopied))
    } else {
      dispatch(noticeShown(text.linkNotCopied, 'error'))
    }
  }

  return (
    <Button look="secondary" className={className} onClick={() => void copy()}>
      {copied ? <Check aria-hidden className="size-4.5" /> : <Link2 aria-hidden className="size-4.5" />}
      {copied ? text.linkCopied : text.copyLink}
    </Button>
  )
}

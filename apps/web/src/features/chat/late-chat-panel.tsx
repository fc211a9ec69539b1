import { useEffect, useRef } from 'react'
import { text } from '../../lib/text.ts'
import { createLate } from '../../room/use-late.ts'
import { Spinner } from '../../ui/spinner.tsx'

/** The panel itself, wanted when it is opened, or before: then it is there at once. */
export const useLateChatPanel = createLate(() => import('./chat-panel.tsx'))

/** The chat, which is not part of the first picture of a call. */
export function LateChatPanel() {
  const loaded = useLateChatPanel(true)
  const waiting = useRef<HTMLParagraphElement>(null)

  useEffect(() => {
    // The panel has given the focus to its heading while there was no field: it goes on, unless it went elsewhere.
    const panel = waiting.current?.closest('aside')
    return () => {
      if (panel?.contains(document.activeElement) && !matchMedia('(pointer: coarse)').matches) {
        panel.querySelector<HTMLElement>('[data-panel-focus]')?.focus()
      }
    }
  }, [loaded])

  if (loaded !== null) return <loaded.ChatPanel />
  return (
    <p ref={waiting} className="flex items-center gap-3 px-5 py-2 text-soft">
      <Spinner />
      {text.loading}
    </p>
  )
}

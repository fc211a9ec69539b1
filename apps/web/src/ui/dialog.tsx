import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useId, useLayoutEffect, useRef } from 'react'
import { classNames } from '../lib/class-names.ts'
import { text } from '../lib/text.ts'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  title: string
  onClose: () => void
  /** For forms with several columns. */
  wide?: boolean
  /** What was typed is not thrown away by a press beside the dialog. */
  holdsForm?: boolean
  children: ReactNode
}

/**
 * A modal dialog while it is mounted. The browser's own: it keeps the focus inside, closes on Escape and gives the
 * focus back.
 */
export function Dialog({ title, onClose, wide = false, holdsForm = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  // In the layout phase, as the browser gives the focus back only while the dialog is still in the page.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape is the keyboard's way
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // A dialog that stands inside another one closes alone.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !holdsForm) onClose()
      }}
      className={classNames(
        'm-auto w-full animate-rise rounded-card border border-line bg-surface text-ink shadow-high backdrop:bg-overlay max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none',
        wide ? 'max-w-2xl' : 'max-w-lg',
      )}
    >
      <div className="safe-bottom flex max-h-[85dvh] flex-col">
        <div className="flex items-center justify-between gap-4 py-3 pr-3 pl-6">
          <h2 id={titleId} className="text-lg font-semibold">
            {title}
          </h2>
          <IconButton label={text.close} icon={X} onClick={onClose} />
        </div>
        {/* Holds also what is hidden in it, which would lengthen the dialog itself otherwise. */}
        <div className="relative min-h-0 flex-1 overflow-y-auto px-6 pb-6">{children}</div>
      </div>
    </dialog>
  )
}

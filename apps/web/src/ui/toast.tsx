import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect } from 'react'
import { text } from '../lib/text.ts'
import { IconButton } from './icon-button.tsx'

/** Long enough to read two sentences twice. */
const SHOWN_MS = 8000

interface ToastProps {
  toast: { readonly id: string; readonly text: string; readonly tone: 'calm' | 'error' } | null
  onDismiss: () => void
}

/** Says for a few seconds how something went. */
export function Toast({ toast, onDismiss }: ToastProps) {
  const id = toast?.id
  useEffect(() => {
    if (id === undefined) return
    const timer = setTimeout(onDismiss, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, onDismiss])
  const Icon = toast?.tone === 'error' ? CircleAlert : CircleCheck
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-4 z-50 flex justify-center">
      {toast === null ? null : (
        <div
          key={toast.id}
          className="pointer-events-auto flex max-w-lg animate-rise items-center gap-3 rounded-2xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm text-ink shadow-high"
        >
          <Icon
            aria-hidden
            className={
              toast.tone === 'error' ? 'size-5 shrink-0 text-danger-text' : 'size-5 shrink-0 text-accent-text'
            }
          />
          <p className="py-1.5">{toast.text}</p>
          <IconButton label={text.close} icon={X} onClick={onDismiss} />
        </div>
      )}
    </div>
  )
}

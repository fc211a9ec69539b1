import { WifiOff } from 'lucide-react'
import { text } from '../lib/text.ts'
import { useOnline } from '../lib/use-online.ts'

/** Across the top of a page while the device has no network. */
export function OfflineBanner() {
  const online = useOnline()
  return (
    <div role="status">
      {online ? null : (
        <p className="safe-x flex items-center justify-center gap-2.5 bg-danger-soft py-2 text-sm font-medium text-danger-text">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {text.offline}
        </p>
      )}
    </div>
  )
}

import { Server, Users } from 'lucide-react'
import { useStore } from '../lib/use-store.ts'
import { useRoom } from '../room/room-context.tsx'
import { useAppDispatch } from '../store/hooks.ts'
import { dialogOpened } from '../store/ui-slice.ts'
import { topologyText } from './topology-text.ts'

/** Says whether sound and pictures go from browser to browser or through the server; a press says why, and how well. */
export function TopologyBadge() {
  const room = useRoom()
  const dispatch = useAppDispatch()
  const isServer = useStore(room.topology).mode === 'sfu'
  const isAlone = useStore(room.participants).length === 1
  if (isAlone) return null
  const Icon = isServer ? Server : Users
  return (
    <button
      type="button"
      onClick={() => dispatch(dialogOpened('connection'))}
      className="flex min-h-8 shrink-0 items-center gap-1.5 rounded-full bg-sunken px-3 text-xs font-medium text-soft hover:bg-control hover:text-ink pointer-coarse:min-h-11"
    >
      <Icon aria-hidden className="size-3.5" />
      <span>{isServer ? topologyText.serverBadge : topologyText.directBadge}</span>
      <span className="sr-only">: {topologyText.details}</span>
    </button>
  )
}

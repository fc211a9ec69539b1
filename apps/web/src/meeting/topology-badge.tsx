import { Server, Users } from 'lucide-react'
import { useStore } from '../lib/use-store.ts'
import { useRoom } from '../room/room-context.tsx'
import { topologyText } from './topology-text.ts'

/** Says whether sound and pictures go from browser to browser or through the server, and why. */
export function TopologyBadge() {
  const room = useRoom()
  const { mode, reason } = useStore(room.topology)
  const isAlone = useStore(room.participants).length === 1
  if (isAlone) return null
  const isServer = mode === 'sfu'
  const Icon = isServer ? Server : Users
  const why = isServer ? topologyText.why[reason] : topologyText.direct
  return (
    <p
      title={why}
      className="flex shrink-0 items-center gap-1.5 rounded-full bg-sunken px-2.5 py-1 text-xs font-medium text-soft"
    >
      <Icon aria-hidden className="size-3.5" />
      <span>{isServer ? topologyText.serverBadge : topologyText.directBadge}</span>
      <span className="sr-only">: {why}</span>
    </p>
  )
}

import type { Participant } from '@video-meet/client'
import { useEffect } from 'react'
import { useStore } from '../../lib/use-store.ts'

/** One of those for whom there is no tile: their picture is not fetched. */
export function Unseen({ participant }: { participant: Participant }) {
  const { tracks } = useStore(participant.state)
  const camera = tracks.find(({ source }) => source === 'camera')
  useEffect(() => camera?.setDemand('hidden'), [camera])
  return null
}

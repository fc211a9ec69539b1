import type { WaitingId, WaitingPerson } from '@video-meet/protocol'
import { useStore } from '../../lib/use-store.ts'
import { act } from '../../room/act.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useMay } from '../../room/use-may.ts'
import { useAppDispatch } from '../../store/hooks.ts'

interface Waiting {
  /** The first one waiting comes first; nobody for those who may not admit. */
  readonly waiting: readonly WaitingPerson[]
  readonly admit: (ids: WaitingId[]) => void
  readonly deny: (ids: WaitingId[]) => void
}

/** Who waits to be let in, and what to do about it. What is refused is said. */
export function useWaiting(): Waiting {
  const { lobby } = useRoom().features
  const dispatch = useAppDispatch()
  const may = useMay('admit')
  const { waiting } = useStore(lobby.state)
  return {
    waiting: may ? waiting : [],
    admit: (ids) => void act(dispatch, () => lobby.admit(ids)),
    deny: (ids) => void act(dispatch, () => lobby.deny(ids)),
  }
}

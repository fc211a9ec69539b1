import type { ParticipantId, StageLayout } from '@video-meet/protocol'
import { useEffect } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { act } from '../../room/act.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'

interface Leading {
  /** Whether everyone follows this person's layout. */
  readonly leading: boolean
  /** The own layout as the others can follow it. */
  readonly layout: StageLayout
}

/** This person as one whose layout the others follow. */
export function useLeading(): Leading {
  const { features, localParticipant } = useRoom()
  const { led } = useStore(features.layout.state)
  const { mode, pinned } = useAppSelector(({ ui }) => ui.layout)
  const people = useStore(useRoom().participants)
  const pinnedId: ParticipantId | null = people.find(({ id }) => id === pinned)?.id ?? null
  return { leading: led?.by === localParticipant.id, layout: { mode, pinned: pinnedId } }
}

/** Tells the others of every change while they follow. */
export function useLeadOn(): void {
  const { layout: feature } = useRoom().features
  const dispatch = useAppDispatch()
  const {
    leading,
    layout: { mode, pinned },
  } = useLeading()
  useEffect(() => {
    const told = feature.state.get().led?.layout
    if (!leading || (told?.mode === mode && told.pinned === pinned)) return
    void act(dispatch, () => feature.lead({ mode, pinned }))
  }, [feature, dispatch, leading, mode, pinned])
}

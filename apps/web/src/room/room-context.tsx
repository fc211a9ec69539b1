import type { Room } from '@video-meet/client'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { useAppDispatch } from '../store/hooks.ts'
import { type CallActions, createCallActions } from './call-actions.ts'

const RoomContext = createContext<{ room: Room; actions: CallActions } | null>(null)

/** Hands the room to everything inside it. */
export function RoomProvider({ room, children }: { room: Room; children: ReactNode }) {
  const dispatch = useAppDispatch()
  const value = useMemo(() => ({ room, actions: createCallActions(room, dispatch) }), [room, dispatch])
  return <RoomContext value={value}>{children}</RoomContext>
}

/** The room this screen is in. */
export function useRoom(): Room {
  return useRoomContext().room
}

/** What the person can do with their own media; the same for buttons, settings and shortcuts. */
export function useCallActions(): CallActions {
  return useRoomContext().actions
}

function useRoomContext() {
  const value = use(RoomContext)
  if (value === null) throw new Error('This needs a RoomProvider around it')
  return value
}

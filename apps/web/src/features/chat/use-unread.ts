import { useEffect, useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch } from '../../store/hooks.ts'
import { announced } from '../../store/ui-slice.ts'
import { chatText } from './text.ts'

/** Counts others' messages since the panel was last open. What was written before joining counts as read. */
export function useUnread(open: boolean): number {
  const room = useRoom()
  const chat = room.features.chat
  const ownId = room.localParticipant.id
  const { messages } = useStore(chat.state)
  const dispatch = useAppDispatch()
  const newest = messages.at(-1)?.id
  const [lastRead, setLastRead] = useState(newest)
  // An open panel is read as it fills; adjusting during rendering spares a frame with a stale badge.
  if (open && newest !== lastRead) setLastRead(newest)

  useEffect(() => {
    if (open) return
    return chat.events.on('messageReceived', ({ participantId, name }) => {
      if (participantId !== ownId) dispatch(announced(chatText.from(name)))
    })
  }, [chat, dispatch, open, ownId])

  if (open) return 0
  const from = messages.findIndex(({ id }) => id === lastRead) + 1
  return messages.slice(from).filter(({ participantId }) => participantId !== ownId).length
}

import { useEffect, useState } from 'react'
import { useLateChatPanel } from '../features/chat/late-chat-panel.tsx'
import { createLate } from '../room/use-late.ts'
import { useAppSelector } from '../store/hooks.ts'

/** How long after coming in the rest of the room is loaded: what is seen and heard first does not wait for it. */
const LOAD_AFTER_MS = 3000

const useLoaded = createLate(() => import('./room-rest.ts'))

/** The care for devices, the dialogs and the chat: there before anybody needs them, or when they ask. Null before. */
export function useLateParts() {
  const [due, setDue] = useState(false)
  const asked = useAppSelector((state) => state.ui.openDialog !== null)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), LOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useLateChatPanel(due)
  return useLoaded(due || asked)
}

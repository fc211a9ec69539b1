import { SignalingError } from '@video-meet/client'
import { useState } from 'react'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import { draftChanged, draftSent } from '../../store/ui-slice.ts'
import { CHAT_PANEL_ID } from './panel-id.ts'
import { chatText } from './text.ts'

/** The message being written. It stays until the server has it, and survives closing the panel. */
export function useComposer() {
  const room = useRoom()
  const dispatch = useAppDispatch()
  const draft = useAppSelector((state) => state.ui.drafts[CHAT_PANEL_ID] ?? '')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<string | null>(null)

  const setDraft = (text: string): void => {
    dispatch(draftChanged({ panel: CHAT_PANEL_ID, text }))
  }

  async function send(): Promise<void> {
    if (sending || draft.trim() === '') return
    setSending(true)
    setError(null)
    try {
      await room.features.chat.send(draft.trim())
      dispatch(draftSent({ panel: CHAT_PANEL_ID, text: draft }))
    } catch (failure) {
      const tooFast = failure instanceof SignalingError && failure.code === 'rate_limited'
      setError(tooFast ? chatText.tooFast : chatText.failed)
    } finally {
      setSending(false)
    }
  }

  return { draft, setDraft, send, sending, error }
}

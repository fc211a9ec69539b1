import { CHAT_MESSAGE_MAX_LENGTH } from '@video-meet/protocol'
import { SendHorizontal } from 'lucide-react'
import { type KeyboardEvent, type SubmitEvent, useId } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { callText } from '../../room/text.ts'
import { useMay } from '../../room/use-may.ts'
import { MessageList } from './message-list.tsx'
import { chatText } from './text.ts'
import { useComposer } from './use-composer.ts'

/** The meeting's chat: what everyone wrote, and a field to write. */
export function ChatPanel() {
  const room = useRoom()
  const { messages } = useStore(room.features.chat.state)
  const { draft, setDraft, send, sending, error } = useComposer()
  const fieldId = useId()
  const may = useMay('chat')

  function submit(event: SubmitEvent | KeyboardEvent): void {
    event.preventDefault()
    void send()
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes a word, Enter only accepts that word.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event)
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <MessageList messages={messages} ownId={room.localParticipant.id} />
      <form onSubmit={submit} className="border-t border-line p-3">
        <p role="alert" className="mb-2 px-1 text-sm text-danger-text empty:hidden">
          {may ? error : callText.blocked.chat}
        </p>
        <div className="flex items-end gap-2 rounded-control border border-line-strong/60 bg-sunken p-1 focus-within:border-accent">
          <label htmlFor={fieldId} className="sr-only">
            {chatText.field}
          </label>
          <textarea
            id={fieldId}
            disabled={!may}
            data-panel-focus
            dir="auto"
            rows={1}
            maxLength={CHAT_MESSAGE_MAX_LENGTH}
            placeholder={chatText.placeholder}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            enterKeyHint="send"
            className="field-sizing-content max-h-40 min-h-11 min-w-0 flex-1 resize-none bg-transparent px-2.5 py-2.5 text-base leading-6 outline-none sm:text-[0.9375rem]"
          />
          <button
            type="submit"
            aria-label={chatText.send}
            disabled={!may || sending || draft.trim() === ''}
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-[0.6rem] text-accent transition-colors hover:not-disabled:bg-control disabled:text-soft disabled:opacity-60"
          >
            <SendHorizontal aria-hidden className="size-5" />
          </button>
        </div>
      </form>
    </div>
  )
}

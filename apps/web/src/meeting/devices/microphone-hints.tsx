import { type MicrophoneHint, MicrophoneWatch } from '@video-meet/client'
import { MicOff, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { whileWatched } from '../../lib/while-watched.ts'
import { useCallActions, useRoom } from '../../room/room-context.tsx'
import { useMay } from '../../room/use-may.ts'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import { dialogOpened } from '../../store/ui-slice.ts'
import { useHabit } from '../../store/use-habit.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { hintText } from './text.ts'

/** Says when somebody talks while muted, or when an open microphone gives no sound at all. */
export function MicrophoneHints() {
  const { localParticipant: me } = useRoom()
  const [watch] = useState(() =>
    whileWatched({
      open: () => new MicrophoneWatch(me.microphone),
      storeOf: ({ hint }) => hint,
      initial: null,
    }),
  )
  const hint = useStore(watch)
  const mayTalk = useMay('microphone')
  // A moderator has asked already.
  const asked = useAppSelector((state) => state.ui.notice?.offer === 'microphone')
  const shown = hint === 'talking-while-muted' && (asked || !mayTalk) ? null : hint
  return (
    <div role="status">
      {shown === null ? null : <Hint hint={shown} onRead={() => watch.current()?.dismiss()} />}
    </div>
  )
}

function Hint({ hint, onRead }: { hint: MicrophoneHint; onRead: () => void }) {
  const dispatch = useAppDispatch()
  const { openMicrophone } = useCallActions()
  const { pushToTalk, shortcuts } = useAppSelector((state) => state.ui.habits)
  const [, switchHints] = useHabit('talkHints')
  const talking = hint === 'talking-while-muted'
  const Icon = talking ? MicOff : TriangleAlert
  return (
    <div className="pointer-events-auto flex max-w-2xl animate-rise flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-high">
      <Icon aria-hidden className="size-5 shrink-0 text-danger-text" />
      <p className="min-w-0 flex-1 py-1.5">{wordsFor(talking, pushToTalk && shortcuts)}</p>
      <div className="flex gap-1 max-sm:order-last max-sm:basis-full max-sm:justify-end max-sm:pr-1">
        {talking ? (
          <>
            <Button look="quiet" className="px-3" onClick={() => switchHints(false)}>
              {hintText.dontSay}
            </Button>
            <Button onClick={openMicrophone}>{hintText.unmute}</Button>
          </>
        ) : (
          <Button onClick={() => dispatch(dialogOpened('settings'))}>{hintText.settings}</Button>
        )}
      </div>
      <IconButton label={hintText.dismiss} icon={X} onClick={onRead} />
    </div>
  )
}

function wordsFor(talking: boolean, canHold: boolean): string {
  if (!talking) return hintText.silent
  return canHold && !matchMedia('(pointer: coarse)').matches ? hintText.talkingHold : hintText.talking
}

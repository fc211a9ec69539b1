import type { WaitingId } from '@video-meet/protocol'
import { DoorOpen, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { text } from '../../lib/text.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import { announced, panelToggled } from '../../store/ui-slice.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { playKnock } from './knock-sound.ts'
import { waitingText } from './text.ts'
import { useWaiting } from './use-waiting.ts'

/** Long enough to look who it is, and at whoever speaks. */
const SHOWN_MS = 30_000

/** Tells of somebody who waits, with sound and in sight, and offers to let them in. */
export function KnockToast() {
  const { lobby } = useRoom().features
  const dispatch = useAppDispatch()
  const panelOpen = useAppSelector(({ ui }) => ui.openPanel === 'people')
  const { waiting, admit, deny } = useWaiting()
  const [newest, setNewest] = useState<WaitingId | null>(() => waiting.at(-1)?.id ?? null)

  useEffect(
    () =>
      lobby.events.on('knocked', ({ id, name }) => {
        setNewest(id)
        playKnock()
        if (panelOpen) dispatch(announced(waitingText.knock(name)))
      }),
    [lobby, dispatch, panelOpen],
  )
  useEffect(() => {
    const timer = setTimeout(() => setNewest(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [newest])

  const person = panelOpen ? undefined : waiting.find(({ id }) => id === newest)
  return (
    <div role="alert" className="pointer-events-none absolute inset-x-3 top-3 z-20 flex justify-end">
      {person === undefined ? null : (
        <div
          role="group"
          aria-label={waitingText.knock(person.name)}
          className="pointer-events-auto w-80 max-w-full animate-rise rounded-card border border-line bg-surface p-3 shadow-high"
        >
          <div className="flex items-start gap-3">
            <DoorOpen aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
            <p className="min-w-0 flex-1 text-sm font-medium break-words">
              {waitingText.knock(person.name)}{' '}
              {waiting.length > 1 ? waitingText.more(waiting.length - 1) : null}
            </p>
            <IconButton label={text.close} icon={X} className="-mt-2 -mr-2" onClick={() => setNewest(null)} />
          </div>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={() => dispatch(panelToggled('people'))}>
              {waitingText.seeAll}
            </Button>
            <Button look="secondary" onClick={() => deny([person.id])}>
              {waitingText.deny}
            </Button>
            <Button onClick={() => admit([person.id])}>{waitingText.admit}</Button>
          </div>
        </div>
      )}
    </div>
  )
}

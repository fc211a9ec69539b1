import { DataSaver, type Room } from '@video-meet/client'
import { Gauge, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { whileWatched } from '../../lib/while-watched.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch } from '../../store/hooks.ts'
import { noticeShown } from '../../store/ui-slice.ts'
import { Button } from '../../ui/button.tsx'
import { callStatsOf } from '../connection/call-stats-of.ts'
import { savingWish, useSavingWish } from './saving-wish.ts'
import { savingText } from './text.ts'

/** Proposes to save data while the own connection is bad, and says so while it is saved. */
export function SavingCare() {
  const [wish] = useSavingWish()
  return <div role="status">{wish === 'never' ? <SavingByHand /> : <SavingWatch />}</div>
}

/** Saves only when that is chosen in the settings. */
function SavingByHand() {
  const room = useRoom()
  const isSaving = useStore(room.quality) === 'saving'
  return isSaving ? <Saving onStop={() => room.setQuality('auto')} /> : null
}

function SavingWatch() {
  const room = useRoom()
  const dispatch = useAppDispatch()
  const [watch] = useState(() =>
    whileWatched({
      open: () => openSaver(room, (words) => dispatch(noticeShown(words))),
      storeOf: ({ phase }) => phase,
      initial: 'off',
    }),
  )
  const phase = useStore(watch)
  if (phase === 'on') return <Saving onStop={() => watch.current()?.decline()} />
  if (phase !== 'proposed') return <SavingByHand />
  return <Proposal onAccept={() => watch.current()?.accept()} onDecline={() => watch.current()?.decline()} />
}

function openSaver(room: Room, say: (words: string) => void): DataSaver {
  const saver = new DataSaver({
    room,
    sample: callStatsOf(room),
    isAutomatic: () => savingWish() === 'switch',
  })
  saver.on('began', () => say(savingText.began))
  saver.on('undone', () => say(savingText.undone))
  return saver
}

/** Small, as it stays over the pictures for as long as data is saved. */
function Saving({ onStop }: { onStop: () => void }) {
  return (
    <div className="pointer-events-auto flex animate-rise items-center gap-2 rounded-full border border-line bg-surface py-1 pr-1 pl-3 text-sm shadow-high">
      <Gauge aria-hidden className="size-4 shrink-0 text-soft" />
      <p>
        {savingText.on}
        <span className="sr-only">: {savingText.onAbout}</span>
      </p>
      <button
        type="button"
        onClick={onStop}
        className="min-h-8 rounded-full bg-control px-3 font-semibold hover:bg-accent-soft pointer-coarse:min-h-11"
      >
        {savingText.stop}
      </button>
    </div>
  )
}

/** The same shape as the other hints of the room. */
function Proposal({ onAccept, onDecline }: { onAccept: () => void; onDecline: () => void }) {
  return (
    <div className="pointer-events-auto flex max-w-2xl animate-rise flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl border border-line bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-high">
      <TriangleAlert aria-hidden className="size-5 shrink-0 text-danger-text" />
      <p className="min-w-0 flex-1 py-1.5">{savingText.proposal}</p>
      <div className="flex gap-1 max-sm:basis-full max-sm:justify-end">
        <Button look="quiet" className="px-3" onClick={onDecline}>
          {savingText.decline}
        </Button>
        <Button onClick={onAccept}>{savingText.accept}</Button>
      </div>
    </div>
  )
}

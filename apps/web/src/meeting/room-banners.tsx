import { VolumeX } from 'lucide-react'
import type { ReactNode } from 'react'
import { layoutText } from '../features/layout/text.ts'
import { useStageView } from '../features/layout/use-stage-view.ts'
import { meetingLink } from '../lib/meeting-link.ts'
import { CopyLinkButton } from '../room/copy-link-button.tsx'
import { useRoom } from '../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { soundBlockedChanged } from '../store/meeting-slice.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { roomText } from './text.ts'

/** What the whole room should know right now, over the top of the stage. */
export function RoomBanners({ children }: { children?: ReactNode }) {
  const reconnecting = useAppSelector((state) => state.meeting.connection === 'reconnecting')
  const soundBlocked = useAppSelector((state) => state.meeting.soundBlocked)
  const { following } = useStageView()
  return (
    <div className="pointer-events-none absolute inset-x-3 top-3 z-20 flex flex-col items-center gap-2">
      {reconnecting ? (
        <p className="flex animate-rise items-center gap-3 rounded-2xl border border-line bg-surface px-4 py-2.5 text-sm font-medium shadow-high">
          <Spinner />
          {roomText.connectionLost}
        </p>
      ) : null}
      {soundBlocked ? <SoundBlocked /> : null}
      {children}
      <p
        role="status"
        className="rounded-full bg-black/65 px-3 py-1 text-[0.8125rem] font-medium text-white empty:hidden"
      >
        {following === null ? null : layoutText.following(following)}
      </p>
    </div>
  )
}

function SoundBlocked() {
  const room = useRoom()
  const dispatch = useAppDispatch()

  function turnOn(): void {
    dispatch(soundBlockedChanged(false))
    void room.startAudio()
  }

  return (
    <div
      role="alert"
      className="pointer-events-auto flex animate-rise items-center gap-3 rounded-2xl border border-line bg-surface py-2 pr-2 pl-4 text-sm shadow-high"
    >
      <VolumeX aria-hidden className="size-5 shrink-0 text-soft" />
      <p>{roomText.soundBlocked}</p>
      <Button onClick={turnOn}>{roomText.turnOnSound}</Button>
    </div>
  )
}

/** Helps the first person to bring in the others. */
export function AloneHint() {
  const room = useRoom()
  const alone = useAppSelector((state) => state.meeting.people.length === 1)
  if (!alone) return null
  return (
    <section className="z-10 animate-rise rounded-card border border-line bg-surface p-5 shadow-high max-sm:mt-2 sm:absolute sm:right-3 sm:bottom-3 sm:w-88">
      <h2 className="font-semibold">{roomText.alone}</h2>
      <p className="mt-1 text-sm text-soft">{roomText.aloneHint}</p>
      <p className="mt-3 rounded-control bg-sunken px-3 py-2 text-sm break-words select-all">
        {meetingLink(room.code).slice(0, -room.code.length)}
        <wbr />
        <span className="whitespace-nowrap">{room.code}</span>
      </p>
      <CopyLinkButton code={room.code} className="mt-3 w-full" />
    </section>
  )
}

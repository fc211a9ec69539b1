import type { Participant } from '@video-meet/client'
import { MonitorUp } from 'lucide-react'
import { useRef } from 'react'
import { useOptionalStore, useStore } from '../../lib/use-store.ts'
import { tileText } from '../text.ts'
import type { Rect } from './grid-layout.ts'
import { placeAt } from './place-at.ts'
import { useDemand } from './use-demand.ts'
import { VideoView } from './video-view.tsx'

/** A shared screen on the stage, whole, with whose it is. */
export function ShareTile({ participant, rect }: { participant: Participant; rect: Rect }) {
  const ref = useRef<HTMLElement>(null)
  const { tracks } = useStore(participant.state)
  const screen = tracks.find(({ source }) => source === 'screen')
  const picture = useOptionalStore(screen?.state)?.mediaTrack ?? null
  useDemand(screen, ref)
  const title = participant.isLocal ? tileText.ownScreen : tileText.screenOf(participant.name)
  // Showing a whole screen on that same screen would be a picture of itself without end.
  const endless = participant.isLocal && picture?.getSettings().displaySurface === 'monitor'

  return (
    <figure
      ref={ref}
      aria-label={title}
      style={placeAt(rect)}
      className="absolute overflow-hidden rounded-2xl bg-black"
    >
      <VideoView mediaTrack={endless ? null : picture} fit="contain" />
      {endless ? (
        <p className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-surface p-6 text-center">
          <MonitorUp aria-hidden className="mb-2 size-10 text-accent" />
          <span className="text-lg font-semibold">{tileText.ownScreen}</span>
          <span className="text-sm text-soft">{tileText.ownScreenHint}</span>
        </p>
      ) : (
        <figcaption
          aria-hidden
          className="absolute bottom-2 left-2 max-w-[calc(100%-1rem)] truncate rounded-lg bg-black/65 px-2 py-1 text-[0.8125rem] font-medium text-white"
        >
          {title}
        </figcaption>
      )}
    </figure>
  )
}

import type { Participant } from '@video-meet/client'
import { Hand, MicOff } from 'lucide-react'
import { use, useRef } from 'react'
import { PinButton } from '../../features/layout/pin-button.tsx'
import { classNames } from '../../lib/class-names.ts'
import { useOptionalStore, useStore } from '../../lib/use-store.ts'
import { useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { PartsContext } from '../parts-context.ts'
import { tileText } from '../text.ts'
import type { Rect } from './grid-layout.ts'
import { placeAt } from './place-at.ts'
import { tileName } from './tile-name.ts'
import { useDemand } from './use-demand.ts'
import { facesOwner, VideoView } from './video-view.tsx'

interface TileProps {
  person: PersonView
  participant: Participant
  rect: Rect
}

/** One person on the stage: the camera's picture or initials, the name, and what there is to know of them. */
export function Tile({ person, participant, rect }: TileProps) {
  const ref = useRef<HTMLDivElement>(null)
  const mirror = useAppSelector((state) => state.ui.habits.mirror)
  const { speaking, tracks } = useStore(participant.state)
  const camera = tracks.find(({ source }) => source === 'camera')
  const cameraState = useOptionalStore(camera?.state)
  const picture = cameraState?.muted === false ? cameraState.mediaTrack : null
  useDemand(camera, ref)
  // One's own picture goes on; that the connection is lost is said once, over the whole stage.
  const away = person.reconnecting && !person.isLocal

  return (
    <div
      ref={ref}
      role="group"
      aria-label={tileName(person)}
      style={placeAt(rect)}
      className={classNames(
        'group/tile absolute overflow-hidden rounded-2xl bg-surface transition-[left,top,width,height] duration-200 ease-out',
        'after:pointer-events-none after:absolute after:inset-0 after:rounded-2xl after:border-3 after:transition-colors',
        speaking && !person.muted ? 'after:border-accent' : 'after:border-transparent',
      )}
    >
      <span className="absolute inset-0 flex items-center justify-center">
        {away ? null : <Avatar name={person.name} className={avatarSize(rect)} />}
      </span>
      <VideoView
        mediaTrack={picture}
        fit="cover"
        mirrored={person.isLocal && mirror && picture !== null && facesOwner(picture)}
      />
      {away ? <Reconnecting /> : null}
      <OverPicture person={person} />
    </div>
  )
}

function OverPicture({ person }: { person: PersonView }) {
  const parts = use(PartsContext)
  return (
    <>
      {person.hand > 0 ? <RaisedHand place={person.hand} /> : null}
      <Nameplate person={person} />
      {parts ? <parts.QualityMark person={person} /> : null}
      {person.isLocal ? null : <PinButton person={person} />}
    </>
  )
}

function Nameplate({ person }: { person: PersonView }) {
  return (
    <span
      aria-hidden
      className="absolute bottom-2 left-2 flex max-w-[calc(100%-3.5rem)] items-center gap-1.5 rounded-lg bg-black/65 px-2 py-1 text-[0.8125rem] font-medium text-white"
    >
      {person.muted ? <MicOff className="size-3.5 shrink-0" /> : null}
      <span dir="auto" className="truncate">
        {person.isLocal ? tileText.you(person.name) : person.name}
      </span>
    </span>
  )
}

function RaisedHand({ place }: { place: number }) {
  return (
    <span
      aria-hidden
      className="absolute top-2 left-2 flex animate-rise items-center gap-1 rounded-lg bg-accent px-2 py-1 text-[0.8125rem] font-semibold text-accent-ink"
    >
      <Hand className="size-4" />
      {place}
    </span>
  )
}

function Reconnecting() {
  return (
    <span
      aria-hidden
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-black/80 text-sm font-medium text-white"
    >
      <Spinner />
      {tileText.reconnectingLong}
    </span>
  )
}

function avatarSize({ width, height }: Rect): string {
  const side = Math.min(width, height)
  if (side > 320) return 'size-32 text-4xl'
  if (side > 170) return 'size-20 text-2xl'
  return side > 100 ? 'size-14 text-lg' : 'size-10 text-sm'
}

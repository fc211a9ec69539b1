import type { Participant } from '@video-meet/client'
import { useRef } from 'react'
import { useStageView } from '../../features/layout/use-stage-view.ts'
import { useElementSize } from '../../lib/use-element-size.ts'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { Boundary } from '../../ui/boundary.tsx'
import { roomText, tileText } from '../text.ts'
import type { Rect } from './grid-layout.ts'
import { placeAt } from './place-at.ts'
import { ShareTile } from './share-tile.tsx'
import { stageLayout } from './stage-layout.ts'
import { Tile } from './tile.tsx'
import { Unseen } from './unseen.tsx'
import { tileLimit, visiblePeople } from './visible-people.ts'

const GAP = 8

/** Everyone's tile, and the screens that are shared; large is what is shared, and who was chosen or speaks. */
export function Stage() {
  const ref = useRef<HTMLElement>(null)
  const area = useElementSize(ref)
  const room = useRoom()
  const participants = new Map<string, Participant>(
    useStore(room.participants).map((participant) => [participant.id, participant]),
  )
  const activeSpeaker = useStore(room.activeSpeaker)
  const people = useAppSelector((state) => state.meeting.people)

  const sharers = people.filter(({ sharingScreen }) => sharingScreen)
  const onStage = sharers.filter(({ isLocal }) => !isLocal)
  // One's own screen is in front of one's eyes already: it is a tile among the people, and they keep the stage.
  const asTiles = sharers.filter(({ isLocal }) => isLocal)
  const { chosen, speaking } = useStageView()
  const largeId = chosen ?? (onStage.length > 0 ? null : speaking)
  const large = people.filter(({ id }) => id === largeId)
  const others = people.filter(({ id }) => id !== largeId)
  const shown = visiblePeople(others, { limit: tileLimit(area.width), activeSpeaker })
  const unseen = others.filter((person) => !shown.includes(person))
  const hidden = unseen.length
  const places = stageLayout({
    area,
    gap: GAP,
    people: asTiles.length + shown.length + Math.min(hidden, 1),
    large: onStage.length + large.length,
  })
  const rest = hidden > 0 ? places.people.at(-1) : undefined
  const shares = [...onStage.map(withPlaceIn(places.large)), ...asTiles.map(withPlaceIn(places.people))]
  const tiles = [
    ...large.map(withPlaceIn(places.large.slice(onStage.length))),
    ...shown.map(withPlaceIn(places.people.slice(asTiles.length))),
  ]

  return (
    <section
      ref={ref}
      aria-label={roomText.stage}
      className="relative min-h-0 min-w-0 flex-1 overflow-hidden"
    >
      {shares.map(({ person, rect }) => {
        const participant = participants.get(person.id)
        return participant && rect ? (
          <Boundary key={person.id}>
            <ShareTile participant={participant} rect={rect} />
          </Boundary>
        ) : null
      })}
      {tiles.map(({ person, rect }) => {
        const participant = participants.get(person.id)
        return participant && rect ? (
          <Boundary key={person.id}>
            <Tile person={person} participant={participant} rect={rect} />
          </Boundary>
        ) : null
      })}
      {unseen.map(({ id }) => {
        const participant = participants.get(id)
        return participant ? <Unseen key={id} participant={participant} /> : null
      })}
      {rest === undefined ? null : (
        <p
          style={placeAt(rest)}
          className="absolute flex items-center justify-center rounded-2xl bg-surface p-2 text-center text-sm font-medium"
        >
          {tileText.others(hidden)}
        </p>
      )}
    </section>
  )
}

function withPlaceIn(places: readonly Rect[]) {
  return (person: PersonView, index: number) => ({ person, rect: places[index] })
}

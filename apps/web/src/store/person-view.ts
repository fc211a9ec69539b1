import type { Participant, Room } from '@video-meet/client'
import type { PersonView } from './meeting-slice.ts'

/** What lists and labels show of a participant. */
export function personView(participant: Participant, { hands, layout }: Room['features']): PersonView {
  const { connection, tracks, role, may } = participant.state.get()
  const isOn = (source: string) => tracks.some((track) => track.source === source && !track.state.get().muted)
  return {
    id: participant.id,
    name: participant.name,
    isLocal: participant.isLocal,
    role,
    may,
    reconnecting: connection === 'reconnecting',
    muted: !isOn('microphone'),
    cameraOn: isOn('camera'),
    sharingScreen: isOn('screen'),
    hand: 1 + hands.state.get().raised.findIndex(({ participantId }) => participantId === participant.id),
    spotlighted: layout.state.get().spotlight === participant.id,
  }
}

/** Whether two lists show the same. */
export function sameView(before: readonly PersonView[], after: readonly PersonView[]): boolean {
  return (
    before.length === after.length &&
    after.every((person, index) => {
      const other = before[index]
      return other !== undefined && keysOf(person).every((key) => person[key] === other[key])
    })
  )
}

function keysOf(person: PersonView): (keyof PersonView)[] {
  return Object.keys(person) as (keyof PersonView)[]
}

import type { Participant } from '@video-meet/client'
import type { PersonView } from './meeting-slice.ts'

/** What lists and labels show of a participant. */
export function personView(participant: Participant): PersonView {
  const { connection, tracks } = participant.state.get()
  const isOn = (source: string) => tracks.some((track) => track.source === source && !track.state.get().muted)
  return {
    id: participant.id,
    name: participant.name,
    isLocal: participant.isLocal,
    reconnecting: connection === 'reconnecting',
    muted: !isOn('microphone'),
    cameraOn: isOn('camera'),
    sharingScreen: isOn('screen'),
  }
}

/** Whether two lists show the same. */
export function sameView(before: readonly PersonView[], after: readonly PersonView[]): boolean {
  return (
    before.length === after.length &&
    after.every((person, index) => {
      const other = before[index]
      return other !== undefined && KEYS.every((key) => person[key] === other[key])
    })
  )
}

const KEYS: readonly (keyof PersonView)[] = [
  'id',
  'name',
  'isLocal',
  'reconnecting',
  'muted',
  'cameraOn',
  'sharingScreen',
]

import { useState } from 'react'
import { writePreference } from '../../lib/preferences.ts'
import { useOptionalStore, useStore } from '../../lib/use-store.ts'
import { chosenDevice } from '../../room/device-choice.ts'
import { useCallActions, useRoom } from '../../room/room-context.tsx'

/** What runs of one's own microphone or camera, muted or not; null while there is nothing. */
export function useOwnMedia(source: 'microphone' | 'camera'): MediaStreamTrack | null {
  const { tracks } = useStore(useRoom().localParticipant.state)
  const state = useOptionalStore(tracks.find((track) => track.source === source)?.state)
  return state?.mediaTrack ?? null
}

/** Which device is chosen, and the way to choose another one for this and later visits. */
export function useDeviceChoice(kind: 'microphone' | 'camera' | 'speaker') {
  const { choose } = useCallActions()
  const [chosen, setChosen] = useState(() => chosenDevice(`${kind}Id`))
  const onChoose = (deviceId: string): void => {
    setChosen(deviceId)
    writePreference(`${kind}Id`, deviceId)
    choose[kind](deviceId)
  }
  return { chosen, onChoose }
}

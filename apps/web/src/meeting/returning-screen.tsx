import { JoinError, joinRoom, type Room } from '@video-meet/client'
import { useEffect } from 'react'
import { readHabits } from '../lib/habits.ts'
import { chosenDevice, deviceChoice } from '../room/device-choice.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { credentialsFor } from './credentials.ts'
import type { LateDevices } from './pre-join/use-join.ts'
import type { Stay } from './stay.ts'

interface ReturningScreenProps {
  stay: Stay
  onJoined: (room: Room, late: LateDevices) => void
  onFailed: (error: JoinError, stay: Stay) => void
}

/** Takes a person whose page was reloaded back to their seat; what they had on is switched on there. */
export function ReturningScreen({ stay, onJoined, onFailed }: ReturningScreenProps) {
  useEffect(() => {
    const leaving = new AbortController()
    void comeBack(stay, leaving.signal).then(
      (room) => onJoined(room, { microphone: stay.microphone, camera: stay.camera }),
      (error: unknown) => {
        if (!leaving.signal.aborted) onFailed(JoinError.from(error), stay)
      },
    )
    return () => leaving.abort()
  }, [stay, onJoined, onFailed])
  return <LoadingPage />
}

async function comeBack({ code, name }: Stay, signal: AbortSignal): Promise<Room> {
  const credentials = credentialsFor(code)
  const off = { microphoneMuted: true, cameraOff: true }
  const { direct } = readHabits()
  const room = await joinRoom({ code, name, direct, credentials, signal, ...deviceChoice(), ...off })
  void room.audioOutput.setSpeaker(chosenDevice('speakerId'))
  return room
}

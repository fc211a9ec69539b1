import {
  JoinError,
  joinRoom,
  type PreparedSession,
  prepareSession,
  type Room,
  type WaitingRoom,
} from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { useEffect, useRef, useState } from 'react'
import { readHabits } from '../../lib/habits.ts'
import { writePreference } from '../../lib/preferences.ts'
import { chosenDevice, deviceChoice } from '../../room/device-choice.ts'
import { credentialsFor } from '../credentials.ts'
import type { LocalPreview } from './local-preview.ts'

interface JoinOptions {
  readonly code: MeetingCode
  /** Whether the call is on already. */
  readonly isLive: boolean
  readonly preview: LocalPreview
  readonly onJoined: (room: Room, late: LateDevices) => void
  readonly onFailed: (error: JoinError) => void
}

/** Devices that the person wants on, but that had not started when they joined. */
export interface LateDevices {
  readonly microphone: boolean
  readonly camera: boolean
}

/**
 * Joins the meeting, with everything made ready while the person still looks at the preview. What is on is asked when
 * they come in, which may be long after.
 *
 * @returns the waiting room too, while the person is in it
 */
export function useJoin({ code, isLive, preview, onJoined, onFailed }: JoinOptions) {
  const prepared = useRef<PreparedSession | undefined>(undefined)
  const away = useRef<AbortSignal | undefined>(undefined)
  const [expectsOthers] = useState(isLive)
  const [joining, setJoining] = useState(false)
  const [waitingRoom, setWaitingRoom] = useState<WaitingRoom | null>(null)

  useEffect(() => {
    const leaving = new AbortController()
    const session = prepareSession({ expectsOthers })
    prepared.current = session
    away.current = leaving.signal
    return () => {
      leaving.abort()
      // A session that was joined with belongs to the room.
      if (prepared.current === session) session.close()
    }
  }, [expectsOthers])

  async function join(name: string, password = ''): Promise<void> {
    if (joining) return
    setJoining(true)
    writePreference('name', name)
    try {
      const { room, late } = await enter(name, password)
      prepared.current = undefined
      onJoined(room, late)
    } catch (thrown) {
      const error = JoinError.from(thrown)
      if (error.reason !== 'aborted') onFailed(error)
    } finally {
      setJoining(false)
      setWaitingRoom(null)
    }
  }

  async function enter(name: string, password: string): Promise<{ room: Room; late: LateDevices }> {
    let given = preview.tracks()
    const room = await joinRoom({
      code,
      name,
      direct: readHabits().direct,
      credentials: credentialsFor(code, password),
      ...(prepared.current && { session: prepared.current }),
      ...(away.current && { signal: away.current }),
      onWaiting: setWaitingRoom,
      media() {
        const { muted, camera } = preview.state.get()
        given = preview.tracks()
        return { ...given, ...deviceChoice(), microphoneMuted: muted, cameraOff: camera.status === 'off' }
      },
    })
    const { muted } = preview.state.get()
    const late = preview.wanted()
    preview.handOver(Object.values(given))
    void room.audioOutput.setSpeaker(chosenDevice('speakerId'))
    return {
      room,
      late: {
        microphone: given.microphone === null && late.microphone && !muted,
        camera: given.camera === null && late.camera,
      },
    }
  }

  return { join, joining, waitingRoom }
}

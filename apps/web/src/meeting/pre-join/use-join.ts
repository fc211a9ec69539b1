import {
  JoinError,
  type JoinErrorReason,
  joinRoom,
  type PreparedSession,
  prepareSession,
  type Room,
} from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { useEffect, useRef, useState } from 'react'
import { writePreference } from '../../lib/preferences.ts'
import { applyDeviceChoice } from '../../room/apply-device-choice.ts'
import { credentialsFor } from '../credentials.ts'
import type { LocalPreview } from './local-preview.ts'

interface JoinOptions {
  readonly code: MeetingCode
  readonly preview: LocalPreview
  readonly onJoined: (room: Room, late: LateDevices) => void
  readonly onFailed: (reason: JoinErrorReason) => void
}

/** Devices that the person wants on, but that had not started when they joined. */
export interface LateDevices {
  readonly microphone: boolean
  readonly camera: boolean
}

/** Joins the meeting, with everything made ready while the person still looks at the preview. */
export function useJoin({ code, preview, onJoined, onFailed }: JoinOptions) {
  const prepared = useRef<PreparedSession | undefined>(undefined)
  const away = useRef<AbortSignal | undefined>(undefined)
  const [joining, setJoining] = useState(false)

  useEffect(() => {
    const leaving = new AbortController()
    const session = prepareSession()
    prepared.current = session
    away.current = leaving.signal
    return () => {
      leaving.abort()
      // A session that was joined with belongs to the room.
      if (prepared.current === session) session.close()
    }
  }, [])

  async function join(name: string, password = ''): Promise<void> {
    if (joining) return
    setJoining(true)
    writePreference('name', name)
    try {
      const { room, late } = await enter(name, password)
      prepared.current = undefined
      onJoined(room, late)
    } catch (error) {
      const reason = error instanceof JoinError ? error.reason : 'internal'
      if (reason !== 'aborted') onFailed(reason)
    } finally {
      setJoining(false)
    }
  }

  async function enter(name: string, password: string): Promise<{ room: Room; late: LateDevices }> {
    const { muted, camera } = preview.state.get()
    const given = preview.tracks()
    const room = await joinRoom({
      code,
      name,
      credentials: credentialsFor(code, password),
      ...(prepared.current && { session: prepared.current }),
      ...(away.current && { signal: away.current }),
      ...given,
      microphoneMuted: muted,
      cameraOff: camera.status === 'off',
    })
    const late = preview.wanted()
    preview.handOver(Object.values(given))
    applyDeviceChoice(room)
    return {
      room,
      late: {
        microphone: given.microphone === null && late.microphone && !muted,
        camera: given.camera === null && late.camera,
      },
    }
  }

  return { join, joining }
}

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
import { readPreference, writePreference } from '../../lib/preferences.ts'
import type { LocalPreview } from './local-preview.ts'

interface JoinOptions {
  readonly code: MeetingCode
  readonly preview: LocalPreview
  readonly onJoined: (room: Room) => void
  readonly onFailed: (reason: JoinErrorReason) => void
}

/** Joins the meeting, with everything made ready while the person still looks at the preview. */
export function useJoin({ code, preview, onJoined, onFailed }: JoinOptions) {
  const prepared = useRef<PreparedSession | undefined>(undefined)
  const [joining, setJoining] = useState(false)

  useEffect(() => {
    const session = prepareSession()
    prepared.current = session
    return () => {
      // A session that was joined with belongs to the room.
      if (prepared.current === session) session.close()
      prepared.current = undefined
    }
  }, [])

  async function join(name: string): Promise<void> {
    if (joining) return
    setJoining(true)
    writePreference('name', name)
    const session = prepared.current
    const state = preview.state.get()
    try {
      const room = await joinRoom({
        code,
        name,
        ...(session && { session }),
        ...preview.tracks(),
        microphoneMuted: state.muted,
        cameraOff: state.camera.status === 'off',
      })
      prepared.current = undefined
      preview.handOver()
      void room.audioOutput.setSpeaker(readPreference('speakerId') ?? '')
      onJoined(room)
    } catch (error) {
      onFailed(error instanceof JoinError ? error.reason : 'internal')
    } finally {
      setJoining(false)
    }
  }

  return { join, joining }
}

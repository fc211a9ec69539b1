import type { CodecChoice } from '@video-meet/client'
import { useEffect } from 'react'
import { readPreference, writePreference } from '../../lib/preferences.ts'
import { useStore } from '../../lib/use-store.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { codecNames } from './text.ts'

/** Tells the room what was chosen, on this or an earlier visit, for the pictures that this person sends. */
export function usePictureWishes(): void {
  const room = useRoom()
  const smooth = useAppSelector((state) => state.ui.habits.smoothScreen)
  useEffect(() => {
    const chosen = readPreference('videoCodec') ?? 'auto'
    if (chosen !== 'auto' && chosen in codecNames) room.setVideoCodec(chosen)
  }, [room])
  useEffect(() => {
    room.localParticipant.setScreenContent(smooth ? 'motion' : 'text')
  }, [room, smooth])
}

/** What pictures are encoded with, and the way to choose it for now and for later. */
export function useCodecChoice(): readonly [CodecChoice, (choice: CodecChoice) => void] {
  const room = useRoom()
  const chosen = useStore(room.videoCodec)
  return [
    chosen,
    (choice) => {
      room.setVideoCodec(choice)
      writePreference('videoCodec', choice)
    },
  ]
}

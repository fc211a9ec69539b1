import { useEffect } from 'react'
import { useCallActions } from '../room/room-context.tsx'
import type { LateDevices } from './pre-join/use-join.ts'

/** Switches on what had not started when the person joined: the browser was still asking them, for example. */
export function useLateDevices({ microphone, camera }: LateDevices): void {
  const { openMicrophone, openCamera } = useCallActions()
  useEffect(() => {
    if (microphone) openMicrophone()
    if (camera) openCamera()
  }, [microphone, camera, openMicrophone, openCamera])
}

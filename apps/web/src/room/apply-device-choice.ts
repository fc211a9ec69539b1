import type { Room } from '@video-meet/client'
import { readPreference } from '../lib/preferences.ts'

/** Tells a room which devices were chosen on an earlier visit, for whatever is opened later. Opens nothing itself. */
export function applyDeviceChoice({ localParticipant: me, audioOutput }: Room): void {
  const microphoneId = readPreference('microphoneId')
  const cameraId = readPreference('cameraId')
  if (microphoneId !== undefined && me.track('microphone') === undefined) void me.useMicrophone(microphoneId)
  if (cameraId !== undefined && me.track('camera') === undefined) void me.useCamera(cameraId)
  void audioOutput.setSpeaker(readPreference('speakerId') ?? '')
}

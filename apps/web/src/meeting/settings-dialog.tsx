import type { Participant } from '@video-meet/client'
import { useState } from 'react'
import { readPreference, writePreference } from '../lib/preferences.ts'
import { useOptionalStore, useStore } from '../lib/use-store.ts'
import { useCallActions, useRoom } from '../room/room-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DevicePickers } from './device-pickers.tsx'
import { ShortcutsSwitch } from './shortcuts-switch.tsx'
import { controlText } from './text.ts'

/** Devices and habits, changed while the meeting goes on. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const room = useRoom()
  const actions = useCallActions()
  const microphoneId = useDeviceInUse(room.localParticipant, 'microphone')
  const cameraId = useDeviceInUse(room.localParticipant, 'camera')
  const [speakerId, setSpeakerId] = useState(readPreference('speakerId') ?? 'default')

  return (
    <Dialog title={controlText.settings} onClose={onClose}>
      <DevicePickers
        chosen={{ microphoneId, cameraId, speakerId }}
        permissionEpoch={`${microphoneId} ${cameraId}`}
        onMicrophone={(id) => {
          writePreference('microphoneId', id)
          actions.chooseMicrophone(id)
        }}
        onCamera={(id) => {
          writePreference('cameraId', id)
          actions.chooseCamera(id)
        }}
        onSpeaker={(id) => {
          writePreference('speakerId', id)
          setSpeakerId(id)
          actions.chooseSpeaker(id)
        }}
      />
      <div className="mt-5 border-t border-line pt-3">
        <ShortcutsSwitch />
      </div>
    </Dialog>
  )
}

function useDeviceInUse(me: Participant, source: 'microphone' | 'camera'): string {
  const { tracks } = useStore(me.state)
  const state = useOptionalStore(tracks.find((track) => track.source === source)?.state)
  const remembered = readPreference(source === 'camera' ? 'cameraId' : 'microphoneId')
  return state?.mediaTrack?.getSettings().deviceId ?? remembered ?? ''
}

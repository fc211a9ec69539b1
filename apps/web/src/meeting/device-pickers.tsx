import { deviceList, type Devices } from '@video-meet/client'
import { Mic, Video, Volume2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from '../lib/use-store.ts'
import { whileWatched } from '../lib/while-watched.ts'
import { SelectField, type SelectOption } from '../ui/select-field.tsx'
import { deviceText } from './text.ts'

export interface DeviceChoice {
  readonly microphoneId: string
  readonly cameraId: string
  readonly speakerId: string
}

interface DevicePickersProps {
  chosen: DeviceChoice
  onMicrophone: (deviceId: string) => void
  onCamera: (deviceId: string) => void
  onSpeaker: (deviceId: string) => void
  /** Names of devices show only after permission was given: a new value reads the list again. */
  permissionEpoch?: unknown
}

/** Which camera, microphone and, where the browser can, loudspeaker to use. Follows plugging in and out. */
export function DevicePickers(props: DevicePickersProps) {
  const { chosen, permissionEpoch } = props
  const { cameras, microphones, speakers } = useDevices(permissionEpoch)

  return (
    <div className="grid gap-4">
      <SelectField
        label={deviceText.camera}
        icon={Video}
        options={optionsOf(cameras, deviceText.camera)}
        value={chosen.cameraId}
        emptyText={deviceText.noCamera}
        onChange={props.onCamera}
      />
      <SelectField
        label={deviceText.microphone}
        icon={Mic}
        options={optionsOf(microphones, deviceText.microphone)}
        value={chosen.microphoneId}
        emptyText={deviceText.noMicrophone}
        onChange={props.onMicrophone}
      />
      {speakers.length > 0 && canChooseSpeaker() ? (
        <SelectField
          label={deviceText.speaker}
          icon={Volume2}
          options={optionsOf(speakers, deviceText.speaker)}
          value={chosen.speakerId}
          emptyText=""
          onChange={props.onSpeaker}
        />
      ) : null}
    </div>
  )
}

const NO_DEVICES: Devices = { microphones: [], cameras: [], speakers: [] }

function useDevices(permissionEpoch: unknown): Devices {
  const [list] = useState(() =>
    whileWatched({ open: deviceList, storeOf: ({ state }) => state, initial: NO_DEVICES }),
  )
  useEffect(() => {
    void list.current()?.refresh()
  }, [list, permissionEpoch])
  return useStore(list)
}

function optionsOf(devices: readonly { deviceId: string; label: string }[], kind: string): SelectOption[] {
  return devices.map(({ deviceId, label }, index) => ({
    value: deviceId,
    label: label === '' ? deviceText.unnamed(kind, index + 1) : label,
  }))
}

function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype
}

import { deviceList, knownLabels, type DeviceEntry, type Devices } from '@video-meet/client'
import { type LucideIcon, Mic, Video, Volume2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from '../lib/use-store.ts'
import { whileWatched } from '../lib/while-watched.ts'
import { SelectField } from '../ui/select-field.tsx'
import { deviceText } from './text.ts'

interface DevicePickerProps {
  devices: readonly DeviceEntry[]
  /** Empty for the system's default. */
  chosen: string
  onChoose: (deviceId: string) => void
}

export function CameraPicker(props: DevicePickerProps) {
  return <DevicePicker label={deviceText.camera} icon={Video} emptyText={deviceText.noCamera} {...props} />
}

export function MicrophonePicker(props: DevicePickerProps) {
  return (
    <DevicePicker label={deviceText.microphone} icon={Mic} emptyText={deviceText.noMicrophone} {...props} />
  )
}

/** Nothing where the browser does not let pages choose. */
export function SpeakerPicker(props: DevicePickerProps) {
  if (props.devices.length === 0 || !('setSinkId' in HTMLMediaElement.prototype)) return null
  return <DevicePicker label={deviceText.speaker} icon={Volume2} emptyText="" {...props} />
}

type NamedPickerProps = DevicePickerProps & { label: string; icon: LucideIcon; emptyText: string }

function DevicePicker({ devices, chosen, onChoose, label, ...rest }: NamedPickerProps) {
  const named = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || deviceText.unnamed(label, index + 1),
  }))
  const options = [...named, ...absent(devices, chosen)]
  return (
    <SelectField
      label={label}
      options={options.length === 0 ? [] : [{ value: '', label: deviceText.systemDefault }, ...options]}
      value={chosen}
      onChange={onChoose}
      {...rest}
    />
  )
}

/** The device that the person chose stays in the list while it is unplugged: they see what it will be again. */
function absent(devices: readonly DeviceEntry[], chosen: string) {
  if (chosen === '' || devices.some(({ deviceId }) => deviceId === chosen)) return []
  const label = knownLabels().get(chosen)
  return label === undefined ? [] : [{ value: chosen, label: deviceText.absent(label) }]
}

const NO_DEVICES: Devices = { microphones: [], cameras: [], speakers: [], defaultMicrophone: '' }

/**
 * The devices of this computer; follows plugging in and out.
 *
 * @param permissionEpoch names of devices show only after permission was given: a new value reads the list again
 */
export function useDevices(permissionEpoch: unknown): Devices {
  const [list] = useState(() =>
    whileWatched({ open: deviceList, storeOf: ({ state }) => state, initial: NO_DEVICES }),
  )
  useEffect(() => {
    void list.current()?.refresh()
  }, [list, permissionEpoch])
  return useStore(list)
}

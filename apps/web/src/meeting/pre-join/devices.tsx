import { captureMicrophone } from '@video-meet/client'
import { useEffect, useRef, useState } from 'react'
import { writePreference } from '../../lib/preferences.ts'
import { chosenDevice } from '../../room/device-choice.ts'
import { createLate } from '../../room/use-late.ts'
import { CameraPicker, MicrophonePicker, SpeakerPicker, useDevices } from '../device-pickers.tsx'
import { deviceText } from '../text.ts'
import type { LocalPreview, PreviewState } from './local-preview.ts'
import { useDisclosure } from './use-disclosure.tsx'

const useLateSoundTest = createLate(() => import('../devices/sound-test.tsx'))

/** Which camera, microphone and loudspeaker to use, and whether they work. */
export function Devices({ preview, state }: { preview: LocalPreview; state: PreviewState }) {
  const devices = useDevices(`${state.camera.status} ${state.microphone.status}`)
  const [camera, chooseCamera] = useChoice('cameraId', (id) => void preview.chooseCamera(id))
  const [microphone, chooseMicrophone] = useChoice('microphoneId', (id) => void preview.chooseMicrophone(id))
  const [speaker, chooseSpeaker] = useChoice('speakerId')
  useDefaultMicrophone(devices.defaultMicrophone, microphone, preview)

  return (
    <div className="grid gap-4">
      <CameraPicker devices={devices.cameras} chosen={camera} onChoose={chooseCamera} />
      <MicrophonePicker devices={devices.microphones} chosen={microphone} onChoose={chooseMicrophone} />
      <SpeakerPicker devices={devices.speakers} chosen={speaker} onChoose={chooseSpeaker} />
      <SoundTestSwitch preview={preview} speakerId={speaker} />
    </div>
  )
}

/** Loaded when it is wanted: most people trust their devices. */
function SoundTestSwitch({ preview, speakerId }: { preview: LocalPreview; speakerId: string }) {
  const [open, button] = useDisclosure(deviceText.testSound)
  const late = useLateSoundTest(open)
  return (
    <div>
      {button}
      {late ? (
        <late.SoundTest
          open={async () =>
            preview.tracks().microphone?.clone() ??
            captureMicrophone({ deviceId: chosenDevice('microphoneId') })
          }
          speakerId={speakerId}
        />
      ) : null}
    </div>
  )
}

function useChoice(key: 'microphoneId' | 'cameraId' | 'speakerId', onChoose?: (deviceId: string) => void) {
  const [chosen, setChosen] = useState(() => chosenDevice(key))
  const choose = (deviceId: string): void => {
    setChosen(deviceId)
    writePreference(key, deviceId)
    onChoose?.(deviceId)
  }
  return [chosen, choose] as const
}

/** Changes over with the system, for those who chose no microphone. */
function useDefaultMicrophone(now: string, chosen: string, preview: LocalPreview): void {
  const before = useRef('')
  useEffect(() => {
    const changed = before.current !== '' && now !== '' && now !== before.current
    before.current = now
    if (changed && chosen === '' && preview.tracks().microphone) void preview.openMicrophone()
  }, [now, chosen, preview])
}

import type { CodecChoice } from '@video-meet/client'
import { Film } from 'lucide-react'
import { useHabit } from '../../store/use-habit.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { CameraPicker, useDevices } from '../device-pickers.tsx'
import { facesOwner, VideoView } from '../stage/video-view.tsx'
import { preJoinText } from '../text.ts'
import { codecNames, settingsText } from './text.ts'
import { useDeviceChoice, useOwnMedia } from './use-own-device.ts'
import { useCodecChoice } from './use-picture-wishes.ts'

const CODECS = Object.entries(codecNames).map(([value, label]) => ({ value, label }))

/** Camera, how one sees oneself, and how pictures go out. */
export function VideoSettings() {
  const track = useOwnMedia('camera')
  const devices = useDevices(track?.id)
  const camera = useDeviceChoice('camera')
  const [mirror, setMirror] = useHabit('mirror')
  const [smooth, setSmooth] = useHabit('smoothScreen')
  const [codec, setCodec] = useCodecChoice()
  return (
    <div className="grid gap-4">
      <section
        aria-label={settingsText.preview}
        className="relative mx-auto aspect-video w-full max-w-80 overflow-hidden rounded-card bg-sunken"
      >
        {track ? null : (
          <p className="absolute inset-0 flex items-center justify-center text-sm text-soft">
            {preJoinText.cameraIsOff}
          </p>
        )}
        <VideoView mediaTrack={track} fit="cover" mirrored={mirror && facesOwner(track)} />
      </section>
      <CameraPicker devices={devices.cameras} {...camera} />
      <SwitchRow
        label={settingsText.mirror}
        description={settingsText.mirrorAbout}
        on={mirror}
        onChange={setMirror}
      />
      <SwitchRow
        label={settingsText.smoothScreen}
        description={settingsText.smoothScreenAbout}
        on={smooth}
        onChange={setSmooth}
      />
      <div className="grid gap-2">
        <SelectField
          label={settingsText.codec}
          icon={Film}
          options={CODECS}
          value={codec}
          emptyText=""
          onChange={(choice) => setCodec(choice as CodecChoice)}
        />
        <p className="text-sm text-soft">{settingsText.codecAbout}</p>
      </div>
    </div>
  )
}

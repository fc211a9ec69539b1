import { useHabit } from '../../store/use-habit.ts'
import { SwitchRow } from '../../ui/switch-row.tsx'
import { CameraPicker, useDevices } from '../device-pickers.tsx'
import { facesOwner, VideoView } from '../stage/video-view.tsx'
import { preJoinText } from '../text.ts'
import { settingsText } from './text.ts'
import { useDeviceChoice, useOwnMedia } from './use-own-device.ts'

/** Camera, and how one sees oneself. */
export function VideoSettings() {
  const track = useOwnMedia('camera')
  const devices = useDevices(track?.id)
  const camera = useDeviceChoice('camera')
  const [mirror, setMirror] = useHabit('mirror')
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
    </div>
  )
}

import { useAppSelector } from '../../store/hooks.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Boundary } from '../../ui/boundary.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { CameraButton, MicrophoneButton } from '../device-buttons.tsx'
import { facesOwner, VideoView } from '../stage/video-view.tsx'
import { preJoinText } from '../text.ts'
import type { DeviceState, LocalPreview, PreviewState } from './local-preview.ts'
import { MicrophoneLevel } from './microphone-level.tsx'

interface PreviewProps {
  name: string
  preview: LocalPreview
  state: PreviewState
}

/** What the others will see and hear, with the switches for it. */
export function Preview({ name, preview, state }: PreviewProps) {
  const { camera, microphone, muted } = state
  const silent = muted || microphone.status === 'failed'
  const cameraOff = camera.status === 'off' || camera.status === 'failed'
  return (
    <section aria-label={preJoinText.preview} className="rounded-card shadow-high">
      <div className="room relative aspect-4/3 w-full overflow-hidden rounded-card bg-surface text-ink sm:aspect-video">
        <Picture name={name} camera={camera} />
        {microphone.status === 'live' && !muted ? (
          <span className="absolute bottom-4 left-4 max-sm:left-3">
            <Boundary>
              <MicrophoneLevel track={microphone.track} />
            </Boundary>
          </span>
        ) : null}
        <div className="absolute inset-x-0 bottom-3.5 flex justify-center gap-3">
          <MicrophoneButton off={silent} onToggle={() => void preview.setMuted(!silent)} />
          <CameraButton off={cameraOff} onToggle={() => void preview.setCameraOff(!cameraOff)} />
        </div>
      </div>
    </section>
  )
}

function Picture({ name, camera }: { name: string; camera: DeviceState }) {
  const track = camera.status === 'live' ? camera.track : null
  const mirror = useAppSelector((state) => state.ui.habits.mirror)
  const starting = camera.status === 'starting'
  return (
    <>
      {track === null ? (
        <p className="absolute inset-0 flex flex-col items-center justify-center gap-4 pb-14 text-soft">
          {starting ? (
            <Spinner />
          ) : (
            <Avatar name={name} className="size-20 text-2xl sm:size-24 sm:text-3xl" />
          )}
          {starting ? preJoinText.cameraStarting : preJoinText.cameraIsOff}
        </p>
      ) : null}
      <VideoView mediaTrack={track} fit="cover" mirrored={mirror && facesOwner(track)} />
    </>
  )
}

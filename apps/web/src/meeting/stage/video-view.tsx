import { useEffect, useRef, useState } from 'react'
import { classNames } from '../../lib/class-names.ts'

interface VideoViewProps {
  mediaTrack: MediaStreamTrack | null
  /** How the picture fills its box: cropped, or whole with bars. */
  fit: 'cover' | 'contain'
  mirrored?: boolean
}

/** Shows one video track. Silent: sound is played elsewhere. Another track takes over when it has a picture to show. */
export function VideoView({ mediaTrack, ...look }: VideoViewProps) {
  const [shown, setShown] = useState(mediaTrack)
  // What is switched on again begins anew.
  if (mediaTrack === null && shown !== null) setShown(null)
  const before = mediaTrack && shown !== mediaTrack ? shown : null
  return (
    <>
      {before === null ? null : <Picture key={before.id} mediaTrack={before} {...look} />}
      <Picture
        key={mediaTrack?.id ?? ''}
        mediaTrack={mediaTrack}
        hidden={mediaTrack === null || before !== null}
        onPicture={() => setShown(mediaTrack)}
        {...look}
      />
    </>
  )
}

interface PictureProps extends VideoViewProps {
  hidden?: boolean
  onPicture?: () => void
}

function Picture({ mediaTrack, fit, mirrored = false, hidden = false, onPicture }: PictureProps) {
  const ref = useRef<HTMLVideoElement>(null)

  useEffect(() => {
    const video = ref.current
    if (video === null) return
    video.srcObject = mediaTrack === null ? null : new MediaStream([mediaTrack])
    return () => {
      video.srcObject = null
    }
  }, [mediaTrack])

  return (
    <video
      ref={ref}
      autoPlay
      playsInline
      muted
      onLoadedData={onPicture}
      className={classNames(
        'absolute inset-0 size-full',
        fit === 'cover' ? 'object-cover' : 'object-contain',
        mirrored && 'mirrored',
        hidden && 'invisible',
      )}
    />
  )
}

/** Whether a camera looks at its owner, who expects a mirror then. */
export function facesOwner(mediaTrack: MediaStreamTrack | null): boolean {
  return mediaTrack?.getSettings().facingMode !== 'environment'
}

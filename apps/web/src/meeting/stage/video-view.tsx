import { useEffect, useRef } from 'react'
import { classNames } from '../../lib/class-names.ts'

interface VideoViewProps {
  mediaTrack: MediaStreamTrack | null
  /** How the picture fills its box: cropped, or whole with bars. */
  fit: 'cover' | 'contain'
  mirrored?: boolean
}

/** Shows one video track. Silent: sound is played elsewhere. */
export function VideoView({ mediaTrack, fit, mirrored = false }: VideoViewProps) {
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
      className={classNames(
        'absolute inset-0 size-full',
        fit === 'cover' ? 'object-cover' : 'object-contain',
        mirrored && 'mirrored',
        mediaTrack === null && 'invisible',
      )}
    />
  )
}

/** Whether a camera looks at its owner, who expects a mirror then. */
export function facesOwner(mediaTrack: MediaStreamTrack | null): boolean {
  return mediaTrack?.getSettings().facingMode !== 'environment'
}

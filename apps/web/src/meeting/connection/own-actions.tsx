import type { Quality } from '@video-meet/client'
import { VideoOff } from 'lucide-react'
import { useRef } from 'react'
import { TestLink } from '../../features/connection-test/test-link.tsx'
import { useCallActions } from '../../room/room-context.tsx'
import { Button } from '../../ui/button.tsx'
import { connectionText } from './text.ts'

/** What one can do about one's own connection, when it is not good. */
export function OwnActions({ quality: { level, advice } }: { quality: Quality }) {
  const actions = useCallActions()
  const link = useRef<HTMLAnchorElement>(null)
  // While the line is lost nothing can be tested, and it comes back by itself.
  if (level === 'good' || advice === 'wait') return null
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2">
      {advice === 'camera_off' ? (
        <Button
          look="secondary"
          onClick={() => {
            actions.toggleCamera()
            // The button goes when the camera is off; who uses no mouse goes on from here.
            link.current?.focus()
          }}
        >
          <VideoOff aria-hidden className="size-4.5" />
          {connectionText.cameraOff}
        </Button>
      ) : null}
      <TestLink ref={link} />
    </div>
  )
}

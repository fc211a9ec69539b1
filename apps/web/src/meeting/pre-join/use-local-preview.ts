import { useEffect, useState } from 'react'
import { deviceChoice } from '../../room/device-choice.ts'
import type { Choice } from '../stay.ts'
import { LocalPreview } from './local-preview.ts'

/**
 * Camera and microphone for as long as the screen is shown, starting with those that were chosen last time.
 *
 * @param choice what the person had on when they were in the call
 */
export function useLocalPreview(choice?: Choice): LocalPreview {
  const [preview] = useState(() => new LocalPreview())
  useEffect(() => {
    void preview.start({
      ...deviceChoice(),
      ...(choice && { muted: !choice.microphone, cameraOff: !choice.camera }),
    })
    return () => preview.close()
  }, [preview, choice])
  return preview
}

import { useEffect, useState } from 'react'
import { readPreference } from '../../lib/preferences.ts'
import { LocalPreview } from './local-preview.ts'

/** Camera and microphone for as long as the screen is shown, starting with those that were chosen last time. */
export function useLocalPreview(): LocalPreview {
  const [preview] = useState(() => new LocalPreview())
  useEffect(() => {
    void preview.start({ microphoneId: readPreference('microphoneId'), cameraId: readPreference('cameraId') })
    return () => preview.close()
  }, [preview])
  return preview
}

import type { SoundProcessing } from '@video-meet/client'
import { type Habits, readHabits } from '../lib/habits.ts'
import { readPreference } from '../lib/preferences.ts'

/** How Chromium calls the system's default, which earlier versions of this page remembered. */
const DEFAULT = 'default'

/** The device that was chosen on this or an earlier visit; empty for the system's default. */
export function chosenDevice(key: 'microphoneId' | 'cameraId' | 'speakerId'): string {
  const id = readPreference(key) ?? ''
  return id === DEFAULT ? '' : id
}

/** What to open, and how. */
export function deviceChoice() {
  return {
    microphoneId: chosenDevice('microphoneId'),
    cameraId: chosenDevice('cameraId'),
    processing: processingFor(readHabits()),
  }
}

/** What the browser is to do to the sound of the microphone. */
export function processingFor(habits: Habits): SoundProcessing {
  const { echoCancellation, noiseSuppression, autoGain, music } = habits
  return { echoCancellation, noiseSuppression, autoGainControl: autoGain, music }
}

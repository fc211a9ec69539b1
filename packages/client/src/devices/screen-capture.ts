import { CaptureError } from '../errors.ts'
import { screenErrorFrom } from './capture-error.ts'

/** What a shared screen shows: something to read, which stays sharp, or something that moves, which stays smooth. */
export type ScreenContent = 'text' | 'motion'

/** A screen, window or tab, and its sound if the person shares that too. */
export interface CapturedScreen {
  readonly screen: MediaStreamTrack
  readonly screenAudio: MediaStreamTrack | null
}

/** Hints that TypeScript's DOM library does not know yet; browsers ignore those that they do not know. */
interface DisplayMediaOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: 'include' | 'exclude'
  readonly surfaceSwitching: 'include' | 'exclude'
  readonly systemAudio: 'include' | 'exclude'
}

const SIZE = { width: { max: 1920 }, height: { max: 1080 } }

/**
 * Lets the person choose what to share. Must be called from a click or key press.
 *
 * @throws {CaptureError} `cancelled` when the person closes the picker
 */
export async function captureScreen(): Promise<CapturedScreen> {
  if (!globalThis.isSecureContext) throw CaptureError.insecureContext()
  // Missing on telephones.
  const devices: Partial<MediaDevices> | undefined = navigator.mediaDevices
  if (devices?.getDisplayMedia === undefined) throw CaptureError.unsupported()
  const options: DisplayMediaOptions = {
    video: { ...SIZE, frameRate: { ideal: 15, max: 30 } },
    // The sound of a tab is not a voice: what cleans voices spoils it.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    systemAudio: 'include',
  }
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getDisplayMedia(options)
  } catch (error) {
    throw screenErrorFrom(error)
  }
  const [screen] = stream.getVideoTracks()
  const screenAudio = stream.getAudioTracks()[0] ?? null
  if (screen === undefined) {
    screenAudio?.stop()
    throw new CaptureError('unknown', 'The browser gave no picture.')
  }
  // Until the person says that it moves.
  screen.contentHint = 'detail'
  if (screenAudio) screenAudio.contentHint = 'music'
  return { screen, screenAudio }
}

/** Tells the browser what gives way when there is too little of everything: the frame rate, or how sharp it is. */
export function hintScreen(screen: MediaStreamTrack, content: ScreenContent): void {
  screen.contentHint = content === 'motion' ? 'motion' : 'detail'
  const frameRate = content === 'motion' ? 30 : 15
  // A browser that cannot change it goes on as it began.
  screen.applyConstraints({ ...SIZE, frameRate: { ideal: frameRate, max: 30 } }).catch(() => {})
}

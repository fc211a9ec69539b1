import { CaptureError } from '../errors.ts'
import { captureErrorFrom } from './capture-error.ts'

export interface CaptureOptions {
  /** The device to prefer; another one is taken when it is not there. Empty: the system's default. */
  readonly deviceId?: string | undefined
}

/** What the browser does to the sound of a microphone. What is left out is on, except for music. */
export interface SoundProcessing {
  readonly echoCancellation?: boolean
  readonly noiseSuppression?: boolean
  readonly autoGainControl?: boolean
  /** In stereo, with nothing done to it. */
  readonly music?: boolean
}

export interface MicrophoneOptions extends CaptureOptions {
  readonly processing?: SoundProcessing | undefined
}

export interface CaptureBothOptions {
  readonly microphoneId?: string | undefined
  readonly cameraId?: string | undefined
  readonly processing?: SoundProcessing | undefined
}

/** Each of the two, or why it could not be had. */
export interface CapturedBoth {
  readonly microphone: MediaStreamTrack | CaptureError
  readonly camera: MediaStreamTrack | CaptureError
}

/**
 * Opens a microphone; asks for permission if need be.
 *
 * @throws {CaptureError}
 */
export async function captureMicrophone({
  deviceId,
  processing,
}: MicrophoneOptions = {}): Promise<MediaStreamTrack> {
  const stream = await captureOrAny(deviceId, (id) => ({ audio: microphoneConstraints(id, processing) }))
  return soundOf(stream, processing)
}

/**
 * Opens a camera; asks for permission if need be.
 *
 * @throws {CaptureError}
 */
export async function captureCamera(options: CaptureOptions = {}): Promise<MediaStreamTrack> {
  const stream = await captureOrAny(options.deviceId, (deviceId) => ({ video: cameraConstraints(deviceId) }))
  return firstOf(stream.getVideoTracks())
}

/**
 * Opens microphone and camera with one question to the person. When both together cannot be had, each is tried alone, so
 * a missing or occupied camera does not cost the microphone.
 */
export async function captureBoth(options: CaptureBothOptions = {}): Promise<CapturedBoth> {
  try {
    const stream = await capture({
      audio: microphoneConstraints(options.microphoneId, options.processing),
      video: cameraConstraints(options.cameraId),
    })
    return { microphone: soundOf(stream, options.processing), camera: firstOf(stream.getVideoTracks()) }
  } catch (error) {
    const both = captureErrorFrom(error)
    if (both.reason === 'insecure_context' || both.reason === 'unsupported') {
      return { microphone: both, camera: both }
    }
    const denied = both.reason === 'permission_denied' ? both : null
    return {
      microphone: await alone('microphone', denied, () =>
        captureMicrophone({ deviceId: options.microphoneId, processing: options.processing }),
      ),
      camera: await alone('camera', denied, () => captureCamera({ deviceId: options.cameraId })),
    }
  }
}

/** After a refusal of both, asks for one alone only if that one is allowed already: nobody is asked twice. */
async function alone(
  name: 'microphone' | 'camera',
  denied: CaptureError | null,
  captureOne: () => Promise<MediaStreamTrack>,
): Promise<MediaStreamTrack | CaptureError> {
  if (denied && !(await isGranted(name))) return denied
  try {
    return await captureOne()
  } catch (error) {
    return captureErrorFrom(error)
  }
}

async function isGranted(name: 'microphone' | 'camera'): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name })).state === 'granted'
  } catch {
    // Browsers that cannot tell about this permission refuse the question.
    return false
  }
}

/** Captures the device; any other one when it is not there. */
async function captureOrAny(
  deviceId: string | undefined,
  constraintsFor: (deviceId: string | undefined) => MediaStreamConstraints,
): Promise<MediaStream> {
  try {
    return await capture(constraintsFor(deviceId))
  } catch (error) {
    if (!deviceId || !(error instanceof CaptureError) || error.reason !== 'no_device') throw error
    return capture(constraintsFor(undefined))
  }
}

async function capture(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!globalThis.isSecureContext) throw CaptureError.insecureContext()
  // Missing in old browsers and in pages whose permissions policy forbids devices.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices?.getUserMedia === undefined) throw CaptureError.unsupported()
  try {
    return await devices.getUserMedia(constraints)
  } catch (error) {
    throw captureErrorFrom(error)
  }
}

function microphoneConstraints(
  deviceId: string | undefined,
  { music = false, ...wanted }: SoundProcessing = {},
): MediaTrackConstraints {
  return {
    ...only(deviceId),
    channelCount: { ideal: music ? 2 : 1 },
    echoCancellation: !music && wanted.echoCancellation !== false,
    noiseSuppression: !music && wanted.noiseSuppression !== false,
    autoGainControl: !music && wanted.autoGainControl !== false,
  }
}

function soundOf(stream: MediaStream, processing: SoundProcessing | undefined): MediaStreamTrack {
  const track = firstOf(stream.getAudioTracks())
  if (processing?.music) track.contentHint = 'music'
  return track
}

function cameraConstraints(deviceId: string | undefined): MediaTrackConstraints {
  return {
    ...only(deviceId),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
  }
}

/** Exactly this device: where it is only an ideal, Chromium stays with the one that is open already. */
function only(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined || deviceId === '' ? {} : { deviceId: { exact: deviceId } }
}

function firstOf(tracks: readonly MediaStreamTrack[]): MediaStreamTrack {
  const [track] = tracks
  if (track === undefined) throw new CaptureError('unknown', 'The browser gave no track.')
  return track
}

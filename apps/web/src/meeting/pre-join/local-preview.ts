import {
  captureBoth,
  captureCamera,
  CaptureError,
  type CaptureErrorReason,
  type CaptureOptions,
  captureMicrophone,
  type MicrophoneOptions,
  type ReadableStore,
  type SoundProcessing,
  Store,
} from '@video-meet/client'

/** One's own microphone or camera before joining. */
export type DeviceState =
  | { readonly status: 'starting' }
  | { readonly status: 'live'; readonly track: MediaStreamTrack }
  /** Turned off by the person; the device is released. */
  | { readonly status: 'off' }
  | { readonly status: 'failed'; readonly reason: CaptureErrorReason }

export interface PreviewState {
  readonly microphone: DeviceState
  readonly camera: DeviceState
  /** The microphone keeps running while muted, so that unmuting is instant. */
  readonly muted: boolean
  /** Names of a device that is gone and of the one that runs in its place. */
  readonly replaced: { readonly before: string; readonly after: string } | null
}

export interface PreviewChoice {
  readonly microphoneId?: string | undefined
  readonly cameraId?: string | undefined
  readonly processing?: SoundProcessing | undefined
  /** Begins muted. */
  readonly muted?: boolean
  /** Begins with the camera off. */
  readonly cameraOff?: boolean
}

interface CaptureFunctions {
  readonly captureBoth: typeof captureBoth
  readonly captureMicrophone: (options: MicrophoneOptions) => Promise<MediaStreamTrack>
  readonly captureCamera: (options: CaptureOptions) => Promise<MediaStreamTrack>
}

type Device = 'microphone' | 'camera'

const CALM_MS = 3000

/** Runs camera and microphone for the screen before joining and hands them over to the room. */
export class LocalPreview {
  readonly #state = new Store<PreviewState>({
    microphone: { status: 'starting' },
    camera: { status: 'starting' },
    muted: false,
    replaced: null,
  })
  readonly #capture: CaptureFunctions
  /** Counts what was asked of each device: an answer to an earlier question is thrown away. */
  readonly #question: Record<Device, number> = { microphone: 0, camera: 0 }
  #choice: PreviewChoice = {}
  #replacedAt = -Infinity
  #closed = false

  constructor(capture: CaptureFunctions = { captureBoth, captureMicrophone, captureCamera }) {
    this.#capture = capture
  }

  get state(): ReadableStore<PreviewState> {
    return this.#state
  }

  /** Opens both devices with one question to the person; after `close()`, or when both have failed, again. */
  async start({ muted, cameraOff, ...choice }: PreviewChoice = this.#choice): Promise<void> {
    this.#closed = false
    this.#choice = choice
    if (muted) this.#patch({ muted })
    if (cameraOff) {
      this.#set('camera', { status: 'off' })
      return await this.openMicrophone()
    }
    this.#patch({ microphone: { status: 'starting' }, camera: { status: 'starting' } })
    const asked = { microphone: this.#ask('microphone'), camera: this.#ask('camera') }
    const { microphone, camera } = await this.#capture.captureBoth(choice)
    this.#settle('microphone', asked.microphone, microphone)
    this.#settle('camera', asked.camera, camera)
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#patch({ muted })
    // Pressing "unmute" on a microphone that failed means: try again.
    if (!muted && this.#state.get().microphone.status === 'failed') await this.openMicrophone()
  }

  async setCameraOff(off: boolean): Promise<void> {
    if (off) {
      this.#ask('camera')
      this.#set('camera', { status: 'off' })
    } else await this.openCamera()
  }

  async chooseMicrophone(deviceId: string): Promise<void> {
    this.#choice = { ...this.#choice, microphoneId: deviceId }
    await this.openMicrophone()
  }

  /** One that is off stays so: it is opened when it is turned on. */
  async chooseCamera(deviceId: string): Promise<void> {
    this.#choice = { ...this.#choice, cameraId: deviceId }
    if (this.#state.get().camera.status !== 'off') await this.openCamera()
  }

  /** Opens the chosen microphone, in place of the one that runs. */
  async openMicrophone(): Promise<void> {
    const question = this.#ask('microphone')
    const { microphoneId: deviceId, processing } = this.#choice
    const opening = this.#capture.captureMicrophone({ deviceId, processing })
    this.#settle('microphone', question, await outcome(opening))
  }

  /** Opens the chosen camera, in place of the one that runs. */
  async openCamera(): Promise<void> {
    const question = this.#ask('camera')
    const capture = () => outcome(this.#capture.captureCamera({ deviceId: this.#choice.cameraId }))
    let result = await capture()
    const outdated = this.#isOutdated('camera', question)
    if (!outdated && isBusy(result) && this.tracks().camera) {
      // Telephones open one camera at a time.
      this.#set('camera', { status: 'starting' })
      result = await capture()
    }
    this.#settle('camera', question, result)
  }

  /** What runs at this moment. */
  tracks(): { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null } {
    const { microphone, camera } = this.#state.get()
    return {
      microphone: microphone.status === 'live' ? microphone.track : null,
      camera: camera.status === 'live' ? camera.track : null,
    }
  }

  /** What the person has on or is about to have on: running, or waiting for their permission. */
  wanted(): { microphone: boolean; camera: boolean } {
    const { microphone, camera } = this.#state.get()
    const isWanted = ({ status }: DeviceState) => status === 'live' || status === 'starting'
    return { microphone: isWanted(microphone), camera: isWanted(camera) }
  }

  /** Ends this. `given` tracks belong to somebody else now and go on; everything else is released. */
  handOver(given: readonly (MediaStreamTrack | null)[]): void {
    if (this.#closed) return
    this.#closed = true
    // Answers that are still to come find nobody.
    this.#question.microphone += 1
    this.#question.camera += 1
    for (const track of Object.values(this.tracks())) if (!given.includes(track)) track?.stop()
  }

  /** Releases the devices. */
  close(): void {
    this.handOver([])
  }

  #ask(device: Device): number {
    this.#question[device] += 1
    if (this.#state.get()[device].status !== 'live') this.#set(device, { status: 'starting' })
    return this.#question[device]
  }

  #settle(device: Device, question: number, result: MediaStreamTrack | CaptureError): void {
    const outdated = this.#isOutdated(device, question)
    if (result instanceof CaptureError) {
      if (!outdated) this.#set(device, { status: 'failed', reason: result.reason })
    } else if (outdated) {
      result.stop()
    } else {
      this.#set(device, { status: 'live', track: result })
      result.addEventListener('ended', () => void this.#ended(device, result))
    }
  }

  #isOutdated(device: Device, question: number): boolean {
    return this.#closed || question !== this.#question[device]
  }

  /** The device was unplugged, or the browser took it away: another one takes its place. */
  async #ended(device: Device, track: MediaStreamTrack): Promise<void> {
    const current = this.#state.get()[device]
    if (this.#closed || current.status !== 'live' || current.track !== track) return
    this.#set(device, { status: 'failed', reason: 'no_device' })
    // One that goes as soon as it comes is not tried for ever.
    const isCalm = performance.now() - this.#replacedAt > CALM_MS
    this.#replacedAt = performance.now()
    if (!isCalm) return
    await (device === 'microphone' ? this.openMicrophone() : this.openCamera())
    const next = this.tracks()[device]
    if (next) this.#patch({ replaced: { before: track.label, after: next.label } })
  }

  #set(device: Device, next: DeviceState): void {
    const before = this.#state.get()[device]
    this.#patch({ [device]: next })
    if (before.status === 'live' && !(next.status === 'live' && next.track === before.track))
      before.track.stop()
  }

  #patch(patch: Partial<PreviewState>): void {
    this.#state.set({ ...this.#state.get(), ...patch })
  }
}

function isBusy(result: MediaStreamTrack | CaptureError): boolean {
  return result instanceof CaptureError && result.reason === 'device_busy'
}

async function outcome(capture: Promise<MediaStreamTrack>): Promise<MediaStreamTrack | CaptureError> {
  try {
    return await capture
  } catch (error) {
    return error instanceof CaptureError
      ? error
      : new CaptureError('unknown', 'The device could not be opened.')
  }
}

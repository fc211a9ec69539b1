import { type TrackSource, capabilityOf } from '@video-meet/protocol'
import { QueueClosedError, SerialQueue } from './core/serial-queue.ts'
import { captureCamera, captureMicrophone, type SoundProcessing } from './devices/capture.ts'
import { captureScreen, hintScreen, type ScreenContent } from './devices/screen-capture.ts'
import { LocalDevice } from './local-participant-device.ts'
import { LocalSource, type LocalSourceListener } from './local-participant-source.ts'
import { Participant, type ParticipantChange, type ParticipantOptions } from './participant.ts'

/** How devices are opened. */
export interface CaptureFunctions {
  readonly captureMicrophone: typeof captureMicrophone
  readonly captureCamera: typeof captureCamera
  readonly captureScreen: typeof captureScreen
}

/** What the person chose before joining. */
export interface InitialMedia {
  readonly microphone?: MediaStreamTrack | null
  readonly camera?: MediaStreamTrack | null
  readonly microphoneMuted?: boolean
  readonly cameraOff?: boolean
  /** What the person chose, if that is not what was captured: empty to follow the system's default. */
  readonly microphoneId?: string | undefined
  readonly cameraId?: string | undefined
  readonly processing?: SoundProcessing | undefined
}

export interface LocalParticipantOptions extends Omit<ParticipantOptions, 'isLocal'> {
  readonly listener: Omit<LocalSourceListener, 'onEnded'>
  readonly capture?: CaptureFunctions
}

/** The person at this browser. What they do shows at once; the server and the others follow. */
export class LocalParticipant extends Participant {
  readonly microphone: LocalDevice
  readonly camera: LocalDevice
  readonly #captureScreen: typeof captureScreen
  readonly #sources: Record<TrackSource, LocalSource>
  readonly #screenQueue = new SerialQueue()
  #screenContent: ScreenContent = 'text'
  #processing: SoundProcessing = {}
  #closed = false

  constructor(options: LocalParticipantOptions) {
    super({ ...options, isLocal: true })
    const capture = options.capture ?? { captureMicrophone, captureCamera, captureScreen }
    this.#captureScreen = capture.captureScreen
    const listener: LocalSourceListener = { ...options.listener, onEnded: (source) => this.#ended(source) }
    this.#sources = {
      microphone: new LocalSource(this, 'microphone', listener),
      camera: new LocalSource(this, 'camera', listener),
      screen: new LocalSource(this, 'screen', listener),
      'screen-audio': new LocalSource(this, 'screen-audio', listener),
    }
    this.microphone = new LocalDevice({
      source: this.#sources.microphone,
      capture: (deviceId) => capture.captureMicrophone({ deviceId, processing: this.#processing }),
      staysOpen: true,
    })
    this.camera = new LocalDevice({
      source: this.#sources.camera,
      capture: (deviceId) => capture.captureCamera({ deviceId }),
      staysOpen: false,
    })
  }

  /**
   * Mutes or opens the microphone. Muting takes effect before this returns; opening captures if there is nothing to open.
   *
   * @throws {CaptureError}
   */
  setMicrophoneMuted(muted: boolean): Promise<void> {
    return this.microphone.setOff(muted)
  }

  /**
   * Turns the camera off, which releases the device before this returns, or on again.
   *
   * @throws {CaptureError}
   */
  setCameraOff(off: boolean): Promise<void> {
    return this.camera.setOff(off)
  }

  /**
   * Changes to another microphone, empty for the system's default; one that is muted stays so.
   *
   * @throws {CaptureError} and keeps the one before
   */
  useMicrophone(deviceId: string): Promise<void> {
    return this.microphone.use(deviceId)
  }

  /**
   * Changes to another camera, empty for the system's default; one that is off is opened when it is turned on.
   *
   * @throws {CaptureError} and keeps the one before, unless that had to be released first
   */
  useCamera(deviceId: string): Promise<void> {
    return this.camera.use(deviceId)
  }

  /**
   * Changes what the browser does to the sound of the microphone.
   *
   * @throws {CaptureError} and keeps what was
   */
  async setSoundProcessing(processing: SoundProcessing): Promise<void> {
    const before = this.#processing
    this.#processing = processing
    // Stereo is negotiated, the rest is not.
    await this.microphone.reopen({ anew: (processing.music ?? false) !== (before.music ?? false) })
  }

  /**
   * Lets the person choose a screen, window or tab and shares it, with its sound if there is any. Does nothing while
   * sharing. To be called from a click or key press.
   *
   * @throws {CaptureError} `cancelled` when the person closes the picker
   */
  async startScreenShare(): Promise<void> {
    const share = async (): Promise<void> => {
      if (this.#sources.screen.isPublished) return
      const { screen, screenAudio } = await this.#captureScreen()
      if (this.#closed) {
        screen.stop()
        screenAudio?.stop()
        return
      }
      if (this.#screenContent !== 'text') hintScreen(screen, this.#screenContent)
      this.#sources.screen.adopt(screen, false)
      if (screenAudio && this.#sources.screen.isPublished)
        this.#sources['screen-audio'].adopt(screenAudio, false)
      else screenAudio?.stop()
    }
    try {
      await this.#screenQueue.run(share)
    } catch (error) {
      // Its turn came after the end of the stay: there is nothing left to do.
      if (!(error instanceof QueueClosedError)) throw error
    }
  }

  /** Says what this person's screen shows, now and when they share it again. */
  setScreenContent(content: ScreenContent): void {
    this.#screenContent = content
    const screen = this.track('screen')?.state.get().mediaTrack
    if (screen) hintScreen(screen, content)
  }

  async stopScreenShare(): Promise<void> {
    this.#stopScreen()
  }

  /** For the SDK: what the person may send no longer has been stopped on the server, and stops here. @internal */
  override change(change: ParticipantChange): void {
    const { may: before } = this.state.get()
    super.change(change)
    for (const source of Object.keys(this.#sources) as TrackSource[]) {
      const capability = capabilityOf(source)
      if (before.includes(capability) && !this.may(capability)) this.stop(source)
    }
  }

  /** For the SDK: a moderator stopped it. Takes effect before this returns. @internal */
  stop(source: TrackSource): void {
    if (source === 'microphone' || source === 'camera') void this[source].setOff(true)
    else this.#stopScreen()
  }

  /** For the SDK: takes over what was captured before joining. @internal */
  begin(initial: InitialMedia): void {
    const { microphone, camera, microphoneMuted = false, cameraOff = false, processing = {} } = initial
    this.#processing = processing
    // What the person may not send would only be refused.
    const allowed = (capability: 'microphone' | 'camera', media: MediaStreamTrack | null = null) => {
      if (this.may(capability)) return media
      media?.stop()
      return null
    }
    this.microphone.begin(allowed('microphone', microphone), {
      chosenId: initial.microphoneId,
      off: microphoneMuted,
    })
    this.camera.begin(allowed('camera', camera), { chosenId: initial.cameraId, off: cameraOff })
  }

  /** For the SDK: the track could not be published. @internal */
  giveUp(source: TrackSource): void {
    if (source === 'screen') this.#stopScreen()
    else this.#sources[source].unpublish()
  }

  /** For the SDK: releases all devices. @internal */
  close(): void {
    this.#closed = true
    for (const owner of [this.microphone, this.camera, this.#screenQueue]) owner.close()
    for (const source of Object.values(this.#sources)) source.unpublish()
  }

  #stopScreen(): void {
    this.#sources['screen-audio'].unpublish()
    this.#sources.screen.unpublish()
  }

  /** A device was unplugged, or the person used the browser's own "Stop sharing". */
  #ended(source: TrackSource): void {
    if (source === 'microphone' || source === 'camera') void this[source].ended()
    else if (source === 'screen') this.#stopScreen()
    else this.#sources[source].unpublish()
  }
}

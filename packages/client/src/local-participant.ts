import { type TrackSource, capabilityOf } from '@video-meet/protocol'
import { QueueClosedError, SerialQueue } from './core/serial-queue.ts'
import { captureCamera, captureMicrophone } from './devices/capture.ts'
import { captureScreen } from './devices/screen-capture.ts'
import { CaptureError } from './errors.ts'
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
}

export interface LocalParticipantOptions extends Omit<ParticipantOptions, 'isLocal'> {
  readonly listener: Omit<LocalSourceListener, 'onEnded'>
  readonly capture?: CaptureFunctions
}

/** The person at this browser. What they do shows at once; the server and the others follow. */
export class LocalParticipant extends Participant {
  readonly #capture: CaptureFunctions
  readonly #sources: Record<TrackSource, LocalSource>
  readonly #microphoneQueue = new SerialQueue()
  readonly #cameraQueue = new SerialQueue()
  readonly #screenQueue = new SerialQueue()
  #microphoneId: string | undefined
  #cameraId: string | undefined
  #microphoneMuted = true
  #cameraOff = true
  #closed = false

  constructor(options: LocalParticipantOptions) {
    super({ ...options, isLocal: true })
    this.#capture = options.capture ?? { captureMicrophone, captureCamera, captureScreen }
    const listener: LocalSourceListener = { ...options.listener, onEnded: (source) => this.#ended(source) }
    this.#sources = {
      microphone: new LocalSource(this, 'microphone', listener),
      camera: new LocalSource(this, 'camera', listener),
      screen: new LocalSource(this, 'screen', listener),
      'screen-audio': new LocalSource(this, 'screen-audio', listener),
    }
  }

  /**
   * Mutes or opens the microphone. Muting takes effect before this returns; opening captures if there is nothing to open.
   *
   * @throws {CaptureError}
   */
  async setMicrophoneMuted(muted: boolean): Promise<void> {
    const { microphone } = this.#sources
    this.#microphoneMuted = muted
    microphone.setMuted(muted)
    if (muted || microphone.hasMedia || this.#closed) return
    await inTurn(this.#microphoneQueue, async () => {
      if (!this.#microphoneMuted && !microphone.hasMedia) await this.#openMicrophone()
    })
  }

  /**
   * Turns the camera off, which releases the device before this returns, or on again.
   *
   * @throws {CaptureError}
   */
  async setCameraOff(off: boolean): Promise<void> {
    const { camera } = this.#sources
    this.#cameraOff = off
    if (off) camera.release()
    if (off || camera.hasMedia || this.#closed) return
    await inTurn(this.#cameraQueue, async () => {
      if (!this.#cameraOff && !camera.hasMedia) await this.#openCamera()
    })
  }

  /**
   * Changes to another microphone; one that is muted stays so.
   *
   * @throws {CaptureError} and keeps the one before
   */
  async useMicrophone(deviceId: string): Promise<void> {
    this.#microphoneId = deviceId
    // Asked in its turn: one that is just being opened may be the one before.
    await inTurn(this.#microphoneQueue, async () => {
      if (this.#sources.microphone.hasMedia) await this.#openMicrophone()
    })
  }

  /**
   * Changes to another camera; one that is off is opened when it is turned on.
   *
   * @throws {CaptureError} and keeps the one before, unless that had to be released first
   */
  async useCamera(deviceId: string): Promise<void> {
    this.#cameraId = deviceId
    await inTurn(this.#cameraQueue, async () => {
      if (this.#sources.camera.hasMedia && !this.#cameraOff) await this.#changeCamera()
    })
  }

  /**
   * Lets the person choose a screen, window or tab and shares it, with its sound if there is any. Does nothing while
   * sharing. To be called from a click or key press.
   *
   * @throws {CaptureError} `cancelled` when the person closes the picker
   */
  async startScreenShare(): Promise<void> {
    await inTurn(this.#screenQueue, async () => {
      if (this.#sources.screen.isPublished) return
      const { screen, screenAudio } = await this.#capture.captureScreen()
      if (this.#closed) {
        screen.stop()
        screenAudio?.stop()
        return
      }
      this.#sources.screen.adopt(screen, false)
      if (screenAudio && this.#sources.screen.isPublished)
        this.#sources['screen-audio'].adopt(screenAudio, false)
      else screenAudio?.stop()
    })
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
    switch (source) {
      case 'microphone':
        this.#microphoneMuted = true
        return this.#sources.microphone.setMuted(true)
      case 'camera':
        this.#cameraOff = true
        return this.#sources.camera.release()
      case 'screen':
      case 'screen-audio':
        return this.#stopScreen()
    }
  }

  /** For the SDK: takes over what was captured before joining. @internal */
  begin({ microphone, camera, microphoneMuted = false, cameraOff = false }: InitialMedia): void {
    this.#microphoneId = microphone?.getSettings().deviceId
    this.#cameraId = camera?.getSettings().deviceId
    this.#microphoneMuted = microphoneMuted
    this.#cameraOff = cameraOff
    // What the person may not send would only be refused.
    if (this.may('microphone') && microphone) this.#sources.microphone.adopt(microphone, microphoneMuted)
    else microphone?.stop()
    if (this.may('camera') && camera && !cameraOff) this.#sources.camera.adopt(camera, false)
    else camera?.stop()
  }

  /** For the SDK: the track could not be published. @internal */
  giveUp(source: TrackSource): void {
    if (source === 'screen') this.#stopScreen()
    else this.#sources[source].unpublish()
  }

  /** For the SDK: releases all devices. @internal */
  close(): void {
    this.#closed = true
    for (const queue of [this.#microphoneQueue, this.#cameraQueue, this.#screenQueue]) queue.close()
    for (const source of Object.values(this.#sources)) source.unpublish()
  }

  async #openMicrophone(): Promise<void> {
    const media = await this.#capture.captureMicrophone({ deviceId: this.#microphoneId })
    if (this.#closed) media.stop()
    else this.#sources.microphone.adopt(media, this.#microphoneMuted)
  }

  async #openCamera(): Promise<void> {
    const media = await this.#capture.captureCamera({ deviceId: this.#cameraId })
    if (this.#closed || this.#cameraOff) media.stop()
    else this.#sources.camera.adopt(media, false)
  }

  async #changeCamera(): Promise<void> {
    try {
      await this.#openCamera()
    } catch (error) {
      if (!(error instanceof CaptureError) || error.reason !== 'device_busy') throw error
      // Telephones open one camera at a time.
      this.#sources.camera.release()
      await this.#openCamera()
    }
  }

  #stopScreen(): void {
    this.#sources['screen-audio'].unpublish()
    this.#sources.screen.unpublish()
  }

  /** A device was unplugged, or the person used the browser's own "Stop sharing". */
  #ended(source: TrackSource): void {
    switch (source) {
      case 'microphone':
        this.#microphoneMuted = true
        this.#sources.microphone.release()
        break
      case 'camera':
        this.#cameraOff = true
        this.#sources.camera.release()
        break
      case 'screen':
        this.#stopScreen()
        break
      case 'screen-audio':
        this.#sources['screen-audio'].unpublish()
        break
    }
  }
}

/** Runs a task in its turn; when that comes after the end of the stay there is nothing left to do. */
async function inTurn(queue: SerialQueue, task: () => Promise<void>): Promise<void> {
  try {
    await queue.run(task)
  } catch (error) {
    if (!(error instanceof QueueClosedError)) throw error
  }
}

import { Emitter } from './core/emitter.ts'
import { QueueClosedError, SerialQueue } from './core/serial-queue.ts'
import { captureErrorFrom } from './devices/capture-error.ts'
import { CaptureError } from './errors.ts'
import type { LocalSource } from './local-participant-source.ts'

export type LocalDeviceEvents = {
  /** The device ended by itself, and another one (or the same again) took over. */
  replaced: [before: MediaStreamTrack, after: MediaStreamTrack]
  /** The device ended by itself and is off now; with an error if it was on and none could be opened in its place. */
  lost: [before: MediaStreamTrack, error: CaptureError | null]
}

export interface LocalDeviceOptions {
  readonly source: LocalSource
  readonly capture: (deviceId: string) => Promise<MediaStreamTrack>
  /** Stays open while it is off, so that it is on again at once. */
  readonly staysOpen: boolean
}

interface LocalDeviceChoice {
  /** The device that was captured when left out. */
  readonly chosenId: string | undefined
  readonly off: boolean
}

/** A device that ends again so soon after it was opened in place of another does not get a third chance. */
const CALM_MS = 3000

/** The microphone or the camera of the local participant: which one it should be, and whether it is on. */
export class LocalDevice extends Emitter<LocalDeviceEvents> {
  readonly #options: LocalDeviceOptions
  readonly #queue = new SerialQueue()
  #chosenId = ''
  #off = true
  #closed = false
  #replacedAt = -Infinity

  constructor(options: LocalDeviceOptions) {
    super()
    this.#options = options
  }

  /** The device that the person chose; empty for the system's default. Another one runs when this is not there. */
  get chosenId(): string {
    return this.#chosenId
  }

  /** What runs at this moment, on or muted. */
  get media(): MediaStreamTrack | null {
    return this.#options.source.media
  }

  /** Whether it is off or muted, or cannot be had. */
  get isOff(): boolean {
    return this.#off || this.media === null
  }

  /**
   * Off takes effect before this returns; on opens the device if there is nothing to open.
   *
   * @throws {CaptureError}
   */
  async setOff(off: boolean): Promise<void> {
    const { source, staysOpen } = this.#options
    this.#off = off
    if (off && !staysOpen) source.release()
    else source.setMuted(off)
    if (off || source.media || this.#closed) return
    await this.#inTurn(async () => {
      if (!this.#off && !source.media) await this.#open()
    })
  }

  /**
   * Changes to another device, which is opened now only if one is open.
   *
   * @throws {CaptureError} and keeps the one before, unless that had to be released first
   */
  async use(deviceId: string): Promise<void> {
    this.#chosenId = deviceId
    await this.reopen()
  }

  /**
   * Opens the chosen device again, if one is open: for other settings, or because the system's default has changed.
   *
   * @param options `anew`: what is sent is negotiated anew too, for a moment without sound
   * @throws {CaptureError} as `use()`
   */
  async reopen({ anew = false } = {}): Promise<void> {
    const { source } = this.#options
    // Asked in its turn: one that is just being opened may be the one before.
    await this.#inTurn(async () => {
      if (!source.media) return
      try {
        await this.#open(anew)
      } catch (error) {
        if (!(error instanceof CaptureError) || error.reason !== 'device_busy') throw error
        // Telephones open one at a time.
        source.release()
        await this.#open(anew)
      }
    })
  }

  /** For the SDK: takes over what was captured before joining. @internal */
  begin(media: MediaStreamTrack | null, { chosenId, off }: LocalDeviceChoice): void {
    this.#chosenId = chosenId ?? media?.getSettings().deviceId ?? ''
    this.#off = off
    if (media && (this.#options.staysOpen || !off)) this.#options.source.adopt(media, off)
    else media?.stop()
  }

  /** For the SDK: the device or the browser ended the media track; opens what there is in its place. Never rejects. @internal */
  async ended(): Promise<void> {
    const before = this.media
    if (before === null) return
    const wasOff = this.#off
    const isCalm = performance.now() - this.#replacedAt > CALM_MS
    this.#off = true
    this.#options.source.release()
    if (wasOff || !isCalm || this.#closed) return this.emit('lost', before, null)
    this.#replacedAt = performance.now()
    try {
      await this.setOff(false)
      const after = this.media
      if (after) this.emit('replaced', before, after)
    } catch (error) {
      this.#off = true
      this.emit('lost', before, captureErrorFrom(error))
    }
  }

  /** For the SDK. @internal */
  close(): void {
    this.#closed = true
    this.#queue.close()
    this.removeAllListeners()
  }

  async #open(anew = false): Promise<void> {
    const { source, staysOpen, capture } = this.#options
    const media = await capture(this.#chosenId)
    if (this.#closed || (this.#off && !staysOpen)) return media.stop()
    if (anew && source.isPublished) {
      source.unpublish()
      // Being taken away has to begin before the new one comes, or nothing would be seen to change.
      await new Promise((resolve) => setTimeout(resolve))
      if (this.#closed) return media.stop()
    }
    source.adopt(media, this.#off)
  }

  /** Runs a task in its turn; when that comes after the end of the stay there is nothing left to do. */
  async #inTurn(task: () => Promise<void>): Promise<void> {
    try {
      await this.#queue.run(task)
    } catch (error) {
      if (!(error instanceof QueueClosedError)) throw error
    }
  }
}

import { Emitter } from '../core/emitter.ts'
import type { Logger } from '../core/logger.ts'

export type AudioOutputEvents = {
  /** The browser plays no sound until the person touches the page; call `start()` then. */
  playbackBlocked: []
}

/** What is used of an `<audio>` element. */
export type AudioSink = Pick<
  HTMLAudioElement,
  'srcObject' | 'autoplay' | 'hidden' | 'muted' | 'play' | 'pause' | 'remove'
> & { setSinkId?: (deviceId: string) => Promise<void> }

/** Plays the sound of all remote tracks, each through an element of its own outside the page's layout. */
export class AudioOutput extends Emitter<AudioOutputEvents> {
  readonly #log: Logger
  readonly #createSink: () => AudioSink
  readonly #sinks = new Map<string, AudioSink>()
  #speakerId = ''
  #blocked = false

  constructor(log: Logger, createSink: () => AudioSink = createHiddenAudioElement) {
    super()
    this.#log = log
    this.#createSink = createSink
  }

  /** Whether sound is being held back at this moment. */
  get isBlocked(): boolean {
    return this.#blocked
  }

  /** The loudspeaker that sound goes to; empty for the system's default. */
  get speakerId(): string {
    return this.#speakerId
  }

  /** Plays a track; one that plays under the same key stops. */
  play(key: string, mediaTrack: MediaStreamTrack): void {
    const sink = this.#sinks.get(key) ?? this.#createSink()
    this.#sinks.set(key, sink)
    sink.srcObject = new MediaStream([mediaTrack])
    if (this.#speakerId !== '') void this.#route(sink)
    void this.#start(sink)
  }

  stop(key: string): void {
    const sink = this.#sinks.get(key)
    this.#sinks.delete(key)
    if (sink) release(sink)
  }

  /** Plays what the browser held back; to be called from a click or key press. */
  async start(): Promise<void> {
    this.#blocked = false
    await Promise.all([...this.#sinks.values()].map((sink) => this.#start(sink)))
  }

  /** Chooses the loudspeaker for all sound, empty for the system's default. Does nothing in browsers that cannot. Never rejects. */
  async setSpeaker(deviceId: string): Promise<void> {
    this.#speakerId = deviceId
    await Promise.all([...this.#sinks.values()].map((sink) => this.#route(sink)))
  }

  close(): void {
    for (const sink of this.#sinks.values()) release(sink)
    this.#sinks.clear()
    this.removeAllListeners()
  }

  async #start(sink: AudioSink): Promise<void> {
    try {
      await sink.play()
    } catch (error) {
      // Anything else is an element that got another track or was released meanwhile.
      if (!(error instanceof Error) || error.name !== 'NotAllowedError' || this.#blocked) return
      this.#blocked = true
      this.#log.info('the browser holds sound back')
      this.emit('playbackBlocked')
    }
  }

  async #route(sink: AudioSink): Promise<void> {
    try {
      await sink.setSinkId?.(this.#speakerId)
    } catch (error) {
      this.#log.warn('the loudspeaker cannot be used', { error })
    }
  }
}

function createHiddenAudioElement(): AudioSink {
  const element = document.createElement('audio')
  element.autoplay = true
  element.hidden = true
  document.body.append(element)
  return element
}

function release(sink: AudioSink): void {
  sink.pause()
  sink.srcObject = null
  sink.remove()
}

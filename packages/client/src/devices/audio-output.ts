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

/** How long an element plays unheard before it is heard in place of another: the first sound comes late and in pieces. */
const BESIDE_MS = 200

/** Plays the sound of all remote tracks, each through an element of its own outside the page's layout. */
export class AudioOutput extends Emitter<AudioOutputEvents> {
  readonly #log: Logger
  readonly #createSink: () => AudioSink
  readonly #sinks = new Map<string, AudioSink>()
  /** What is heard until another one has taken its place. */
  readonly #leaving = new Map<string, { readonly sink: AudioSink; readonly timer: Timer }>()
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

  /** Plays a track; one that plays under the same key stops when this one is heard. */
  play(key: string, mediaTrack: MediaStreamTrack): void {
    const sink = this.#createSink()
    const before = this.#sinks.get(key)
    this.#sinks.set(key, sink)
    if (before) this.#takeOver(key, sink, before)
    sink.srcObject = new MediaStream([mediaTrack])
    if (this.#speakerId !== '') void this.#route(sink)
    void this.#start(sink)
  }

  stop(key: string): void {
    const sink = this.#sinks.get(key)
    this.#sinks.delete(key)
    if (sink) release(sink)
    this.#letGo(key)
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
    for (const key of [...this.#sinks.keys()]) this.stop(key)
    this.removeAllListeners()
  }

  #takeOver(key: string, sink: AudioSink, before: AudioSink): void {
    // One that had not been heard yet gives way at once.
    if (this.#leaving.has(key)) release(before)
    const heard = this.#leaving.get(key)?.sink ?? before
    clearTimeout(this.#leaving.get(key)?.timer)
    sink.muted = true
    const timer = setTimeout(() => {
      sink.muted = false
      this.#letGo(key)
    }, BESIDE_MS)
    this.#leaving.set(key, { sink: heard, timer })
  }

  #letGo(key: string): void {
    const leaving = this.#leaving.get(key)
    this.#leaving.delete(key)
    clearTimeout(leaving?.timer)
    if (leaving) release(leaving.sink)
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

type Timer = ReturnType<typeof setTimeout>

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

import { type ReadableStore, Store } from '../core/store.ts'

const EVERY_MS = 80
const SAMPLES = 1024
/** Shown as 0 and as 1. */
const QUIET_DB = -60
const LOUD_DB = -10

/** Measures how loud a track is, e.g. for a bar beside the microphone's name. */
export class LevelMeter {
  readonly #level = new Store(0)
  readonly #context: AudioContext
  readonly #source: MediaStreamAudioSourceNode
  readonly #timer: ReturnType<typeof setInterval>
  #closed = false

  constructor(track: MediaStreamTrack) {
    this.#context = new AudioContext({ latencyHint: 'playback' })
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]))
    const analyser = this.#context.createAnalyser()
    analyser.fftSize = SAMPLES
    this.#source.connect(analyser)
    const samples = new Float32Array(SAMPLES)
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      this.#level.set(loudness(samples))
    }, EVERY_MS)
    // Browsers hold a context back until the person has touched the page; it then starts by itself or stays at 0.
    this.#context.resume().catch(() => {})
  }

  /** 0 (quiet) to 1 (loud). */
  get level(): ReadableStore<number> {
    return this.#level
  }

  /** Stops measuring; the track goes on. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#timer)
    this.#source.disconnect()
    this.#context.close().catch(() => {})
  }
}

/** Root mean square of samples in −1…1, on a scale of decibels from 0 (quiet) to 1 (loud). */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const decibels = 10 * Math.log10(sum / samples.length)
  const level = Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)))
  return Math.round(level * 100) / 100
}

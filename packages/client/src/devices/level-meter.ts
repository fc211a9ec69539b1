import { buildAudio, closeAudio } from '../core/browser.ts'
import { type ReadableStore, Store } from '../core/store.ts'

const EVERY_MS = 80
const SAMPLES = 1024
/** Shown as 0 and as 1. */
const QUIET_DB = -60
const LOUD_DB = -10

/** Measures how loud a track is, e.g. for a bar beside the microphone's name. */
export class LevelMeter {
  readonly #level = new Store<number | null>(0)
  readonly #close: () => void
  #closed = false

  constructor(track: MediaStreamTrack) {
    const close = buildAudio((context) => {
      const source = context.createMediaStreamSource(new MediaStream([track]))
      const analyser = context.createAnalyser()
      analyser.fftSize = SAMPLES
      source.connect(analyser)
      const samples = new Float32Array(SAMPLES)
      // The level stays at 0 while the browser suspends the context, which is until the person clicks somewhere.
      const timer = setInterval(() => {
        analyser.getFloatTimeDomainData(samples)
        this.#level.set(loudness(samples))
      }, EVERY_MS)
      return () => {
        clearInterval(timer)
        source.disconnect()
        closeAudio(context)
      }
    })
    if (!close) this.#level.set(null)
    this.#close = close ?? (() => undefined)
  }

  /** 0 (quiet) to 1 (loud); null where the browser can't measure it. */
  get level(): ReadableStore<number | null> {
    return this.#level
  }

  /** Stops measuring; the track continues. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#close()
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

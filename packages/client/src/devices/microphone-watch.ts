import { buildAudio, closeAudio } from '../core/browser.ts'
import { type ReadableStore, Store } from '../core/store.ts'
import { type Heard, JUDGED_EVERY_MS, type MicrophoneHint, MicrophoneJudge } from './microphone-hints.ts'

/** The microphone as somebody holds it. */
export interface WatchedMicrophone {
  readonly media: MediaStreamTrack | null
  readonly isOff: boolean
}

/** Hears one track; null while the browser holds its sound back. */
export interface Ear {
  hear(): Omit<Heard, 'muted'> | null
  close(): void
}

/**
 * Listens along with the microphone, also while it is muted, and tells what its owner should know. It measures inside
 * the browser: nothing is recorded, and nothing leaves the device.
 */
export class MicrophoneWatch {
  readonly #microphone: WatchedMicrophone
  readonly #openEar: (track: MediaStreamTrack) => Ear | null
  readonly #hint = new Store<MicrophoneHint | null>(null)
  readonly #judge = new MicrophoneJudge()
  readonly #timer: ReturnType<typeof setInterval>
  #track: MediaStreamTrack | null = null
  #ear: Ear | null = null

  constructor(
    microphone: WatchedMicrophone,
    openEar: (track: MediaStreamTrack) => Ear | null = openCloneEar,
  ) {
    this.#microphone = microphone
    this.#openEar = openEar
    this.#timer = setInterval(() => this.#listen(), JUDGED_EVERY_MS)
  }

  get hint(): ReadableStore<MicrophoneHint | null> {
    return this.#hint
  }

  /** The person has read the hint. */
  dismiss(): void {
    this.#judge.dismiss()
    this.#hint.set(null)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#ear?.close()
  }

  #listen(): void {
    const { media, isOff } = this.#microphone
    if (media !== this.#track) this.#follow(media)
    const heard = this.#ear?.hear() ?? null
    if (heard) this.#hint.set(this.#judge.judge({ ...heard, muted: isOff }))
    else this.#hint.set(null)
  }

  #follow(track: MediaStreamTrack | null): void {
    this.#ear?.close()
    this.#judge.forget()
    this.#track = track
    this.#ear = track && this.#openEar(track)
  }
}

/**
 * Listens to a clone, because a muted track is silent.
 *
 * @returns null where the browser has no Web Audio: its owner gets no hints
 */
function openCloneEar(track: MediaStreamTrack): Ear | null {
  const clone = track.clone()
  clone.enabled = true
  const ear = buildAudio((context) => {
    const source = context.createMediaStreamSource(new MediaStream([clone]))
    const analyser = new AnalyserNode(context, { fftSize: 4096 })
    source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    return {
      hear() {
        if (context.state !== 'running') return null
        analyser.getFloatTimeDomainData(samples)
        return measure(samples)
      },
      close() {
        clone.stop()
        source.disconnect()
        closeAudio(context)
      },
    }
  })
  if (!ear) clone.stop()
  return ear ?? null
}

/** Level of samples in −1…1. */
export function measure(samples: Float32Array): Omit<Heard, 'muted'> {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return { decibels: 10 * Math.log10(sum / samples.length), digitalSilence: sum === 0 }
}

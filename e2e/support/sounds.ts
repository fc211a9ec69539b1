import type { Page } from '@playwright/test'
import { toneOf } from './clip-code.ts'
import type {} from './probe.ts'

const TONES = [0, 1, 2, 3].map(toneOf)
const LISTEN_MS = 700
const AUDIBLE_DB = -60
const ABOVE_OTHERS_DB = 10

/** Listens to what the page plays and tells by the pitch whose clips are in it. */
export async function listen(page: Page): Promise<number[]> {
  const isFirefox = page.context().browser()?.browserType().name() === 'firefox'
  const heard = await page.evaluate(isFirefox ? levelsOfRecordings : levelsOfSound, { TONES, LISTEN_MS })
  return heard.flatMap((levels) => {
    const best = Math.max(...levels)
    const second = Math.max(...levels.filter((level) => level !== best))
    return best > AUDIBLE_DB && best - second > ABOVE_OTHERS_DB ? [levels.indexOf(best)] : []
  })
}

interface Listening {
  readonly TONES: readonly number[]
  readonly LISTEN_MS: number
}

/* These run inside the page, so they stand alone. Each tells how loud every tone was in each of the tracks, in dB. */

async function levelsOfSound({ TONES: tones, LISTEN_MS: duration }: Listening): Promise<number[][]> {
  const ears = new AudioContext({ sampleRate: 48_000 })
  const heard = await Promise.all(
    window.probe.audibleTracks().map(async (track) => {
      const analyser = new AnalyserNode(ears, { fftSize: 8192, smoothingTimeConstant: 0 })
      ears.createMediaStreamSource(new MediaStream([track])).connect(analyser)
      const bins = new Float32Array(analyser.frequencyBinCount)
      const loudest = tones.map(() => -Infinity)
      const until = performance.now() + duration
      while (performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 40))
        analyser.getFloatFrequencyData(bins)
        tones.forEach((tone, index) => {
          const level = bins[Math.round((tone * analyser.fftSize) / ears.sampleRate)] ?? -Infinity
          loudest[index] = Math.max(loudest[index] ?? -Infinity, level)
        })
      }
      return loudest
    }),
  )
  await ears.close()
  return heard
}

/** Where there is no loudspeaker, Firefox has no `AudioContext` that runs; it records tracks and decodes them all the same. */
async function levelsOfRecordings({ TONES: tones, LISTEN_MS: duration }: Listening): Promise<number[][]> {
  const RATE = 48_000
  const WINDOW = 4096

  async function record(track: MediaStreamTrack): Promise<Float32Array> {
    const recorder = new MediaRecorder(new MediaStream([track]))
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
    recorder.start()
    setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), duration)
    await stopped
    const recorded = await new Blob(parts).arrayBuffer()
    // Of a track that brought nothing there is nothing to decode.
    if (recorded.byteLength === 0) return new Float32Array()
    return (await new OfflineAudioContext(1, 1, RATE).decodeAudioData(recorded)).getChannelData(0)
  }

  /** Goertzel's algorithm, in a Hann window. */
  function level(samples: Float32Array, tone: number): number {
    const turn = 2 * Math.cos((2 * Math.PI * tone) / RATE)
    let [last, before] = [0, 0]
    samples.forEach((sample, index) => {
      const weight = 1 - Math.cos((2 * Math.PI * index) / samples.length)
      const next = sample * weight + turn * last - before
      before = last
      last = next
    })
    const power = last * last + before * before - turn * last * before
    return 20 * Math.log10((2 * Math.sqrt(Math.max(0, power))) / samples.length)
  }

  return await Promise.all(
    window.probe.audibleTracks().map(async (track) => {
      const samples = await record(track)
      const windows = Array.from({ length: Math.floor(samples.length / WINDOW) }, (_, index) =>
        samples.subarray(index * WINDOW, (index + 1) * WINDOW),
      )
      return tones.map((tone) => Math.max(-Infinity, ...windows.map((window) => level(window, tone))))
    }),
  )
}

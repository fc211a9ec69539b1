import type { Page } from '@playwright/test'
import { toneOf } from './clip-code.ts'
import type {} from './probe.ts'

const PEOPLE = [0, 1, 2, 3]
const LISTEN_MS = 700

/**
 * Listens to what the page plays and tells by the pitch of the beeps whose clips are in it. Only elements that a
 * person would hear count: playing, not muted, with a live track.
 */
export async function listen(page: Page): Promise<number[]> {
  const options = { tones: PEOPLE.map(toneOf), LISTEN_MS }
  return await page.evaluate(async ({ tones, LISTEN_MS: duration }) => {
    const ears = new AudioContext({ sampleRate: 48_000 })
    const players = new Set([...window.probe.players, ...document.querySelectorAll('audio')])
    const tracks = [...players]
      .filter((player) => !player.paused && !player.muted && player.volume > 0)
      .flatMap((player) => (player.srcObject instanceof MediaStream ? player.srcObject.getAudioTracks() : []))
      .filter((track) => track.readyState === 'live')

    const heard = await Promise.all(
      tracks.map(async (track) => {
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
    const AUDIBLE_DB = -60
    const ABOVE_OTHERS_DB = 10
    return heard.flatMap((levels) => {
      const best = Math.max(...levels)
      const second = Math.max(...levels.filter((level) => level !== best))
      return best > AUDIBLE_DB && best - second > ABOVE_OTHERS_DB ? [levels.indexOf(best)] : []
    })
  }, options)
}

import type { Locator } from '@playwright/test'
import { BLOCKS, FRAME_BITS, PERSON_BITS } from './clip-code.ts'

/** Stands for whoever is in a picture without a code. */
export const NO_CODE = -1

/** What was on a `<video>` while a few new frames came. */
export interface Picture {
  /** People whose clip was seen, by the code in the picture. */
  readonly people: readonly number[]
  /** How many pictures differed from the one before. */
  readonly changes: number
  /** How many frames the browser decoded and presented in this time. */
  readonly presented: number
}

const FRAMES = 6
const PATIENCE_MS = 3000

/** Looks at the next frames that the `<video>` really presents, pixel by pixel. */
export async function lookAt(video: Locator): Promise<Picture> {
  const options = { NO_CODE, BLOCKS, FRAME_BITS, PERSON_BITS, FRAMES, PATIENCE_MS }
  return await video.evaluate(async (element, code) => {
    const screen = element as HTMLVideoElement
    const canvas = new OffscreenCanvas(code.BLOCKS * 8, 64)
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    if (pen === null) throw new Error('no canvas')

    const nextFrame = () =>
      new Promise<VideoFrameCallbackMetadata | null>((resolve) => {
        screen.requestVideoFrameCallback((_, frame) => resolve(frame))
        setTimeout(() => resolve(null), code.PATIENCE_MS)
      })
    const bitsOf = (pixels: Uint8ClampedArray) =>
      Array.from({ length: code.BLOCKS }, (_, block) => {
        const green = pixels[(56 * canvas.width + block * 8 + 4) * 4 + 1] ?? 0
        return green > 127 ? 1 : 0
      })
    const number = (bits: number[]) => bits.reduce((sum, bit, index) => sum + bit * 2 ** index, 0)

    const people = new Set<number>()
    let changes = 0
    let before: string | undefined
    const counts: number[] = []
    for (let looked = 0; looked < code.FRAMES; looked++) {
      const frame = await nextFrame()
      if (!frame) break
      counts.push(frame.presentedFrames)
      pen.drawImage(screen, 0, 0, canvas.width, canvas.height)
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
      const [white, black, ...bits] = bitsOf(data)
      people.add(white === 1 && black === 0 ? number(bits.slice(0, code.PERSON_BITS)) : code.NO_CODE)
      const now = data.join()
      if (before !== undefined && now !== before) changes++
      before = now
    }
    const presented = (counts.at(-1) ?? 0) - (counts[0] ?? 0)
    return { people: [...people], changes, presented }
  }, options)
}

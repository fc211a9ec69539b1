import { type Browser, chromium } from '@playwright/test'
import { clip } from './clip.ts'
import { openFirefoxOf } from './firefox.ts'
import { chromiumPath } from './paths.ts'

/** What the fake camera of the stories films: large enough for two simulcast layers, small enough for two cores. */
const CAMERA = { width: 640, height: 360, framesPerSecond: 15 }

/** Which browser is started, if not the system's as it is. */
interface Launch {
  readonly executablePath?: string
  readonly args?: readonly string[]
}

/** Opens a browser whose camera and microphone play the clip of `person`, and who allows everything. */
export async function openBrowserOf(person: number, camera = CAMERA, launch: Launch = {}): Promise<Browser> {
  const { video, audio } = clip({ person, ...camera })
  return await chromium.launch({
    executablePath: launch.executablePath ?? chromiumPath(),
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
      `--use-file-for-fake-audio-capture=${audio}`,
      ...(launch.args ?? []),
    ],
  })
}

/** Opens a browser with a camera and a microphone that refuses them to every page. */
async function openRefusingBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--use-fake-device-for-media-stream'],
  })
}

/** Which of the browsers, if not a Chromium that allows everything. */
interface Wanted {
  readonly firefox: boolean
  readonly refusing: boolean
}

/** Browsers that stay open for many stories, opened when first needed. */
export class Browsers {
  readonly #open = new Map<string, Promise<Browser>>()

  for(person: number, { firefox, refusing }: Wanted): Promise<Browser> {
    if (refusing) return this.#once('refusing', openRefusingBrowser)
    if (firefox) return this.#once(`Firefox ${person}`, () => openFirefoxOf(person))
    return this.#once(`Chromium ${person}`, () => openBrowserOf(person))
  }

  async close(): Promise<void> {
    const all = await Promise.all(this.#open.values())
    await Promise.all(all.map((browser) => browser.close()))
  }

  #once(key: string, open: () => Promise<Browser>): Promise<Browser> {
    const known = this.#open.get(key) ?? open()
    this.#open.set(key, known)
    return known
  }
}

import type { Browser, Page } from '@playwright/test'
import { freePort } from '../../apps/server/test/lib/free-port.ts'
import { openBrowserOf } from '../../e2e/support/browsers.ts'
import type { Person } from '../../e2e/support/person.ts'
import { Server } from '../../e2e/support/server.ts'
import { type FirstFrame, installFirstFrameWatch } from './first-frame-watch.ts'
import { installJoinMarks } from './join-marks.ts'
import { arrive, createMeeting } from './people.ts'
import { openTcpRelay } from './tcp-relay.ts'
import { openUdpRelay } from './udp-relay.ts'

/** How media reaches the one who joins. */
export type JoinWay = 'direct' | 'sfu'

/**
 * When they click: as soon as the page lets them, with nothing more ready than that takes, or when the page has come to
 * rest and all is prepared that it prepares.
 */
export type JoinStart = 'cold' | 'warmed'

const CAMERA = { width: 640, height: 360, framesPerSecond: 30 }
/** Directly there are two in a call; through the server somebody joins two others. */
const PUBLISHERS = { direct: ['Ana'], sfu: ['Ana', 'Ben'] } as const
/** Where the media ports of the server are for browsers: another address of this machine, with the relay behind it. */
const FAR_ADDRESS = '127.0.0.2'

/** A call in which the same person joins again and again, over a line with a delay that can be set. */
export class JoinScene implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack()
  readonly #way: JoinWay
  #delayMs = 0
  #link = ''
  #browser: Browser | undefined
  #present: Person[] = []

  private constructor(way: JoinWay) {
    this.#way = way
  }

  static async open(way: JoinWay): Promise<JoinScene> {
    const scene = new JoinScene(way)
    try {
      await scene.#open()
      return scene
    } catch (error) {
      await scene[Symbol.asyncDispose]()
      throw error
    }
  }

  /** The browser of the one who joins, for whatever is measured beside it. */
  get browser(): Browser {
    if (!this.#browser) throw new Error('the scene is not open')
    return this.#browser
  }

  /** Joins once and leaves again. */
  async join(start: JoinStart, roundTripMs = 0): Promise<FirstFrame> {
    this.#delayMs = roundTripMs / 2
    await using context = await this.browser.newContext()
    await context.addInitScript(installFirstFrameWatch, [...PUBLISHERS[this.#way]])
    await context.addInitScript(installJoinMarks)
    const page = await context.newPage()
    await page.goto(this.#link)
    await page.getByRole('textbox', { name: 'Your name' }).fill('Joiner')
    if (start === 'warmed') await settle(page)
    await page.getByRole('button', { name: 'Join now' }).click()
    const result = await firstFrameOf(page)
    await page.getByRole('button', { name: 'Leave', exact: true }).click()
    this.#delayMs = 0
    for (const { page: present } of this.#present)
      await present.getByRole('group', { name: 'Joiner' }).waitFor({ state: 'detached' })
    return result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }

  async #open(): Promise<void> {
    const rtcPort = await freePort()
    const media = await openUdpRelay({
      from: { address: FAR_ADDRESS, port: rtcPort },
      to: { address: '127.0.0.1', port: rtcPort },
      delayMs: () => this.#delayMs,
    })
    this.#stack.defer(() => media.close())
    const server = this.#stack.adopt(
      await Server.start({
        TOPOLOGY: this.#way === 'sfu' ? 'sfu' : 'auto',
        RTC_PORT: String(rtcPort),
        RTC_ANNOUNCED_ADDRESS: FAR_ADDRESS,
      }),
      (it) => it.close(),
    )
    const { port } = new URL(server.url)
    const pages = await openTcpRelay({ port: Number(port), delayMs: () => this.#delayMs })
    this.#stack.defer(() => pages.close())
    const publishing = this.#stack.adopt(await openBrowserOf(0, CAMERA), (it) => it.close())
    const detour = `--host-resolver-rules=MAP localhost:${port} 127.0.0.1:${pages.port}`
    this.#browser = this.#stack.adopt(await openBrowserOf(1, CAMERA, { args: [detour] }), (it) => it.close())
    this.#link = await createMeeting(server.url)
    for (const name of PUBLISHERS[this.#way]) {
      const person = await arrive(publishing, { name, link: this.#link })
      await person.join()
      this.#present.push(person)
    }
  }
}

/** Camera and microphone run, and nothing is loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(isCameraRunning)
  await page.waitForLoadState('networkidle')
}

export async function firstFrameOf(page: Page): Promise<FirstFrame> {
  const result = await page.waitForFunction(() => window.firstFrame)
  const value = await result.jsonValue()
  if (value === undefined) throw new Error('no first frame')
  return value
}

function isCameraRunning(): boolean {
  return [...document.querySelectorAll('video')].some(
    (video) => video.getVideoPlaybackQuality().totalVideoFrames > 10,
  )
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { freePort } from '../../apps/server/test/lib/free-port.ts'
import { openBrowserOf } from '../../e2e/support/browsers.ts'
import { Hub, type Line } from '../../e2e/support/hub.ts'
import type { Person } from '../../e2e/support/person.ts'
import { installProbe } from '../../e2e/support/probe.ts'
import { Server } from '../../e2e/support/server.ts'
import { installChangeWatch } from './change-watch.ts'
import { installFaultWatch } from './fault-watch.ts'
import { arrive, createMeeting } from './people.ts'
import { openUdpRelay } from './udp-relay.ts'

export type CallWay = 'sfu' | 'direct'

export interface SceneOptions {
  readonly way: CallWay
  /** Delay to the media ports of the server, there and back; 0 for none. */
  readonly roundTripMs?: number
  /** What Ana films. */
  readonly camera?: { width: number; height: number; framesPerSecond: number }
}

/** Two people in a call, each in a network of their own. What goes wrong goes wrong at Ben's. */
export interface Scene {
  readonly server: Server
  readonly ana: Person
  readonly ben: Person
  /** Ben's. */
  readonly line: Line
  /** The server's TCP port. */
  readonly port: number
}

/** When what one sees and hears of somebody was new, in ms since 1970. */
export interface Flow {
  readonly pictures: readonly number[]
  readonly sounds: readonly number[]
}

const CAMERA = { width: 640, height: 360, framesPerSecond: 15 }
const SETTLED_WITHIN_MS = 30_000
/** What is only just connected looks for better paths and sizes. */
const QUIET_MS = 5000

/** Opens a call, does something in it, and clears away. */
export async function inScene<T>(options: SceneOptions, act: (scene: Scene) => Promise<T>): Promise<T> {
  await using stack = new AsyncDisposableStack()
  const hub = Hub.open()
  stack.defer(() => hub.close())
  const { way, roundTripMs = 0, camera = CAMERA } = options
  const rtcPort = await freePort()
  const settings = {
    TOPOLOGY: way === 'sfu' ? 'sfu' : 'auto',
    RTC_LISTEN_IP: hub.address,
    RTC_PORT: `${rtcPort}`,
    ...(roundTripMs > 0 && { RTC_ANNOUNCED_ADDRESS: hub.otherAddress }),
  }
  if (roundTripMs > 0) {
    const relay = await openUdpRelay({
      from: { address: hub.otherAddress, port: rtcPort },
      to: { address: hub.address, port: rtcPort },
      delayMs: roundTripMs / 2,
    })
    stack.defer(() => relay.close())
  }
  const server = stack.adopt(await Server.start(settings), (it) => it.close())
  const link = await createMeeting(server.url)
  const come = async (name: string, clip: number, line: Line) => {
    const launch = { executablePath: line.chromium, args: line.chromiumArgs }
    const browser = await openBrowserOf(clip, clip === 0 ? camera : CAMERA, launch)
    stack.adopt(browser, (it) => it.close())
    const onPage = async (page: Page) => {
      for (const install of [installProbe, installChangeWatch, installFaultWatch])
        await page.addInitScript(install)
      if (process.env['TALK']) page.on('console', (line) => console.error(name, line.text()))
    }
    return arrive(browser, { name, link, onPage })
  }
  const lines = [hub.lay(), hub.lay()] as const
  const [ana, ben] = [await come('Ana', 0, lines[0]), await come('Ben', 1, lines[1])]
  for (const person of [ana, ben]) await person.join()
  const badge = way === 'sfu' ? 'Server' : 'Direct'
  for (const { page } of [ana, ben])
    await page.getByRole('banner').getByText(badge, { exact: true }).waitFor({ timeout: SETTLED_WITHIN_MS })
  await delay(QUIET_MS)
  return await act({ server, ana, ben, line: lines[1], port: Number(new URL(server.url).port) })
}

/** From now on keeps what arrives at both. */
export async function watchBoth({ ana, ben }: Scene): Promise<void> {
  for (const [person, other] of [
    [ana, ben],
    [ben, ana],
  ] as const)
    await person.page.evaluate(
      ({ own, name }) => {
        window.watchChanges(name)
        window.watchFault([own, name])
      },
      { own: person.name, name: other.name },
    )
}

export async function flowAt({ page }: Person): Promise<Flow> {
  return await page.evaluate(() => {
    const { pictures, sounds } = window.changeTimes
    const sinceEpoch = (at: number) => performance.timeOrigin + at
    return { pictures: pictures.map(sinceEpoch), sounds: sounds.map(sinceEpoch) }
  })
}

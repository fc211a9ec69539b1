import type { Browser } from '@playwright/test'
import { openBrowserOf } from '../support/browsers.ts'
import { FarNetwork } from '../support/far-network.ts'
import { expect, test } from '../support/fixtures.ts'
import { canMakeNetworks } from '../support/net-commands.ts'
import { expectMeet, type Person } from '../support/person.ts'
import { Server } from '../support/server.ts'

interface Path {
  readonly local: string | undefined
  readonly relayProtocol: string | undefined
}

/** On which way media flows from and to somebody, by what their browser says of each connection. */
async function pathsOf(person: Person): Promise<Path[]> {
  return await person.page.evaluate(async () => {
    const open = window.probe.connections.filter(({ connectionState }) => connectionState === 'connected')
    const paths = open.map(async (connection) => {
      const stats = await connection.getStats()
      const all = [...(stats.values() as Iterable<RTCStats & Record<string, string>>)]
      const pair = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'] ?? ''
      const candidate = stats.get(
        (stats.get(pair) as { localCandidateId?: string } | undefined)?.localCandidateId ?? '',
      )
      const { candidateType: local, relayProtocol } = (candidate ?? {}) as Record<string, string | undefined>
      return { local, relayProtocol }
    })
    return await Promise.all(paths)
  })
}

/** A server whose media ports are reached from afar through a TURN server alone. */
interface Far {
  readonly network: FarNetwork
  /** @param transport how browsers are told to reach the TURN server */
  serve(transport: 'udp' | 'tcp'): Promise<Server>
  /** A browser that is far away. */
  browser(): Promise<Browser>
}

const story = test.extend<{ far: Far }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright demands a destructured first parameter
  far: async ({}, use) => {
    const stack = new AsyncDisposableStack()
    const network = stack.adopt(await FarNetwork.open(), (it) => it.close())
    await use({
      network,
      async serve(transport) {
        const settings = network.settingsFor(transport)
        return stack.adopt(await Server.start({ ...settings, TOPOLOGY: 'sfu' }), (it) => it.close())
      },
      async browser() {
        const launch = { executablePath: network.chromium, args: network.chromiumArgs }
        return stack.adopt(await openBrowserOf(1, undefined, launch), (it) => it.close())
      },
    })
    await stack.disposeAsync()
  },
})

story.describe('from a network that lets nobody reach the media ports', () => {
  story.skip(!canMakeNetworks, 'networks of their own are made by root only')

  for (const transport of ['udp', 'tcp'] as const) {
    story(`people meet through the TURN server, over ${transport}`, async ({ far, visitor }, testInfo) => {
      const at = await far.serve(transport)
      const ana = await visitor('Ana', { at })
      const ben = await visitor('Ben', { at, browser: await far.browser() })
      await ana.createMeeting()
      await ana.join()
      await ben.page.goto(ana.page.url())
      await ben.join()
      await expectMeet(ana, ben)
      const paths = await pathsOf(ben)
      expect(paths).toEqual(Array(2).fill({ local: 'relay', relayProtocol: transport }))
      for (const { local } of await pathsOf(ana)) expect(local).not.toBe('relay')
      testInfo.annotations.push({ type: 'selected paths', description: JSON.stringify(paths) })
    })
  }
})

import { setTimeout as delay } from 'node:timers/promises'
import { openBrowserOf } from '../support/browsers.ts'
import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { untilArrives, untilNothingArrives, watch } from '../support/flow.ts'
import { Hub, type Line } from '../support/hub.ts'
import { canMakeNetworks } from '../support/net-commands.ts'
import { expectMeet, type Person } from '../support/person.ts'
import type {} from '../support/probe.ts'

const LOST_CONNECTION =
  /WebSocket connection to|ERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_UNREACHABLE|TIMED_OUT)/
const BLACKOUT_MS = 5000

/** Two people in a call, one of them in a network of his own. */
interface Call {
  readonly ana: Person
  readonly ben: Person
  /** The way to Ben. */
  readonly line: Line
}

const story = test.extend<{ call: Call }>({
  call: async ({ complaints, visitor, serverWith }, use) => {
    complaints.expect(LOST_CONNECTION)
    await using stack = new AsyncDisposableStack()
    const hub = stack.adopt(Hub.open(), (it) => it.close())
    const at = await serverWith({ TOPOLOGY: 'sfu', RTC_LISTEN_IP: hub.address })
    const line = hub.lay()
    const launch = { executablePath: line.chromium, args: line.chromiumArgs }
    const browser = stack.adopt(await openBrowserOf(1, undefined, launch), (it) => it.close())
    const ana = await visitor('Ana', { at })
    const ben = await visitor('Ben', { at, browser })
    await ana.createMeeting()
    await ana.join()
    await ben.page.goto(ana.page.url())
    await ben.join()
    await expectMeet(ana, ben)
    await use({ ana, ben, line })
  },
})

story.describe('on a bad network', () => {
  story.skip(!canMakeNetworks, 'network namespaces can be created by root only')

  story('a call goes on over TCP when UDP is blocked in the middle of it', async ({ call }) => {
    const { ana, ben, line } = call
    await watch(ben, 'audio', 'video')
    line.blockUdp()
    const since = await untilNothingArrives(ben, 'audio')
    await untilArrives(ben, 'audio', since + 1)
    await expectMeet(ana, ben)
    expect(await protocolsOf(ben)).toEqual(['tcp', 'tcp'])
  })

  story(
    'a call goes on after five seconds without any network, and in another one, and nothing is lost',
    async ({ call }) => {
      const { ana, ben, line } = call
      await openChat(ana)
      await openChat(ben)
      await watch(ben, 'audio', 'video')
      line.cut()
      await write(ana, 'Are you there?')
      await write(ben, 'Only just')
      // How long it lasts is what this is about.
      await delay(BLACKOUT_MS)
      line.mend()
      await untilArrives(ben, 'audio', Date.now())
      await expectMessages(ana, 'Are you there?', 'Only just')
      await expectMessages(ben, 'Are you there?', 'Only just')

      line.move()
      await write(ben, 'On the train now')
      await expectMessages(ana, 'Are you there?', 'Only just', 'On the train now')
      await expectMeet(ana, ben)
      await expect(ana.tile(ben)).toHaveCount(1)
    },
  )
})

/** By what media flows to and from somebody at this moment. */
async function protocolsOf({ page }: Person): Promise<(string | undefined)[]> {
  return await page.evaluate(async () => {
    const open = window.probe.connections.filter(({ connectionState }) => connectionState === 'connected')
    const reports = await Promise.all(open.map((connection) => connection.getStats()))
    return reports.map((report) => {
      const all = [...(report.values() as Iterable<RTCStats & Record<string, string>>)]
      const pair = all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'] ?? ''
      const local = (report.get(pair) as { localCandidateId?: string } | undefined)?.localCandidateId ?? ''
      return (report.get(local) as { protocol?: string } | undefined)?.protocol
    })
  })
}

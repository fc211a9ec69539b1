import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { eventsAt, longestGap, untilArrives, untilNothingArrives, watch } from '../support/flow.ts'
import { expectMeet } from '../support/person.ts'

const NO_CONNECTION =
  /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|WebSocket connection to/

/** What media survives that does not need the server is another story. */
const THROUGH_SERVER = { TOPOLOGY: 'sfu' }

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  const how = signal === 'SIGTERM' ? 'restarted' : 'killed and started again'
  test(`when the server is ${how}, all are back by themselves`, async ({
    person,
    serverWith,
    complaints,
  }, testInfo) => {
    complaints.expect(NO_CONNECTION)
    const server = await serverWith(THROUGH_SERVER)
    const ana = await person('Ana', { at: server })
    const ben = await person('Ben', { at: server })
    await expectMeet(ana, ben)
    await openChat(ana)
    await watch(ana, 'video')

    await server.stop(signal)
    await untilNothingArrives(ana, 'video')
    await server.start()
    const startedAt = Date.now()
    const backAt = await untilArrives(ana, 'video', startedAt)
    testInfo.annotations.push({
      type: 'first frame after the start',
      description: `${backAt - startedAt} ms`,
    })
    await expectMeet(ana, ben)
    await expect(ana.tile(ben)).toHaveCount(1)
    await write(ana, 'Here again')
    await openChat(ben)
    await expectMessages(ben, 'Here again')
  })
}

for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
  const how = signal === 'SIGKILL' ? 'dies' : 'does not answer any more'
  test(`when a media worker ${how}, picture and sound come back by themselves`, async ({
    person,
    serverWith,
  }, testInfo) => {
    const server = await serverWith(THROUGH_SERVER)
    const ana = await person('Ana', { at: server })
    const ben = await person('Ben', { at: server })
    await expectMeet(ana, ben)
    await watch(ana, 'video')

    const [worker, ...others] = server.workers()
    expect(others).toEqual([])
    if (worker === undefined) throw new Error('The server has no media worker.')
    process.kill(worker, signal)
    await expect
      .poll(() => isAnother(server.workers(), worker), { message: 'another worker is started' })
      .toBe(true)
    await expectMeet(ana, ben)
    const gap = longestGap(await eventsAt(ana), 'video')
    testInfo.annotations.push({ type: 'longest gap between frames', description: `${gap} ms` })
  })
}

test('a message written without a connection arrives when there is one again', async ({
  person,
  cable,
  complaints,
}) => {
  complaints.expect(NO_CONNECTION)
  const ana = await person('Ana')
  const ben = await person('Ben', { cable })
  await expectMeet(ana, ben)
  await openChat(ana)
  await openChat(ben)

  await ben.page.context().setOffline(true)
  cable.pull()
  await expect(ana.tile(ben)).toHaveAccessibleName(/reconnecting/)
  await write(ana, 'Are you there?')
  await write(ben, 'Only just')
  await expectMessages(ana, 'Are you there?')
  cable.plugIn()
  await ben.page.context().setOffline(false)

  await expectMessages(ana, 'Are you there?', 'Only just')
  await expectMessages(ben, 'Are you there?', 'Only just')
  await expect(ana.tile(ben)).toHaveAccessibleName('Ben')
  await expectMeet(ana, ben)
})

function isAnother([now, ...more]: number[], before: number): boolean {
  return now !== undefined && now !== before && more.length === 0
}

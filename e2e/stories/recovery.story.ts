import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { untilArrives, untilNothingArrives, watch } from '../support/flow.ts'
import { expectMeet } from '../support/person.ts'

const NO_CONNECTION =
  /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|WebSocket connection to/

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  const how = signal === 'SIGTERM' ? 'restarted' : 'killed and started again'
  test(`when the server is ${how}, all are back by themselves`, async ({
    person,
    server,
    complaints,
  }, testInfo) => {
    complaints.expect(NO_CONNECTION)
    const ana = await person('Ana')
    const ben = await person('Ben')
    await expectMeet(ana, ben)
    await openChat(ana)
    await watch(ana)

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

test('when a media worker dies, picture and sound come back by themselves', async ({
  person,
  server,
}, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  await watch(ana)

  const [worker, ...others] = server.workers()
  expect(others).toEqual([])
  if (worker === undefined) throw new Error('The server has no media worker.')
  process.kill(worker, 'SIGKILL')
  const killedAt = Date.now()
  await expect.poll(() => server.workers(), { message: 'another worker is started' }).not.toEqual([worker])
  await expectMeet(ana, ben)
  const frames = (await ana.page.evaluate(() => window.probe.events)).filter(({ kind }) => kind === 'video')
  const gaps = frames.map(({ at }, index) => at - (frames[index - 1]?.at ?? at))
  testInfo.annotations.push({ type: 'longest gap between frames', description: `${Math.max(...gaps)} ms` })
  expect(frames.at(-1)?.at).toBeGreaterThan(killedAt)
  expect(server.workers()).not.toContain(worker)
})

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

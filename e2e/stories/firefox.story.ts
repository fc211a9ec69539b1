import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectMeet, type Person } from '../support/person.ts'
import { lookAt } from '../support/pictures.ts'
import { expectWay } from '../support/ways.ts'

const firefox = true
/** Firefox sends no media to a server that is at 127.0.0.1 only. */
const ALL_ADDRESSES = { RTC_LISTEN_IP: '0.0.0.0' }

async function muteAndUnmute(speaker: Person, listener: Person): Promise<void> {
  await speaker.button('Mute microphone').click()
  await expect(listener.tile(speaker)).toHaveAccessibleName(new RegExp(`^${speaker.name}, muted\\b`))
  await listener.expectHears()
  await speaker.button('Unmute microphone').click()
  await listener.expectHears(speaker)
}

async function hideAndShow(seen: Person, viewer: Person): Promise<void> {
  await seen.button('Turn off camera').click()
  await expect(viewer.tile(seen).locator('video')).toBeHidden()
  await seen.button('Turn on camera').click()
  await viewer.expectSees(seen)
}

test('Firefox and Chromium talk directly, write, fall silent and show a screen', async ({
  person,
  serverWith,
}) => {
  const at = await serverWith(ALL_ADDRESSES)
  const ana = await person('Ana', { at })
  const fee = await person('Fee', { at, firefox })
  await expectWay('Direct', ana, fee)
  await expectMeet(ana, fee)

  await muteAndUnmute(ana, fee)
  await muteAndUnmute(fee, ana)
  await hideAndShow(ana, fee)
  await hideAndShow(fee, ana)
  await openChat(ana)
  await write(ana, 'From Chromium')
  await openChat(fee)
  await write(fee, 'From Firefox')
  for (const one of [ana, fee]) await expectMessages(one, 'From Chromium', 'From Firefox')

  await ana.button('Share screen').click()
  const screen = fee.sharedScreen(ana).locator('video')
  await expect(async () => {
    expect((await lookAt(screen)).changes).toBeGreaterThanOrEqual(3)
  }).toPass()
  await ana.button('Stop sharing').click()
  await expect(screen).toHaveCount(0)
  await expectMeet(ana, fee)
})

// Larger calls of both browsers are more than two cores encode: `npm run bench topology-rounds` holds them.
test('a call of both browsers goes from direct to the server and back', async ({ person, serverWith }) => {
  const at = await serverWith(ALL_ADDRESSES)
  const ana = await person('Ana', { at })
  const fee = await person('Fee', { at, firefox })
  await expectWay('Direct', ana, fee)
  const cleo = await person('Cleo', { at })
  await expectWay('Server', ana, fee, cleo)
  await fee.expectSeesAndHears(ana, cleo)
  for (const other of [ana, cleo]) await other.expectSees(fee)
  await cleo.leave()
  await expectWay('Direct', ana, fee)
  await expectMeet(ana, fee)
})

// On a slow machine the direct connection takes so long that the server's path is set up beside it, so Firefox has to reach it.
test('two with Firefox talk directly, also after one of them has loaded the page anew', async ({
  person,
  serverWith,
}) => {
  const at = await serverWith(ALL_ADDRESSES)
  const fee = await person('Fee', { at, firefox })
  const gus = await person('Gus', { at, firefox })
  await expectWay('Direct', fee, gus)
  await expectMeet(fee, gus)
  await fee.page.reload()
  await fee.expectInRoom()
  await expectWay('Direct', fee, gus)
  await expectMeet(fee, gus)
})

test('two with Firefox talk through the server, also after one of them has loaded the page anew', async ({
  person,
  serverWith,
}) => {
  const at = await serverWith({ ...ALL_ADDRESSES, TOPOLOGY: 'sfu' })
  const fee = await person('Fee', { at, firefox })
  const gus = await person('Gus', { at, firefox })
  await expectWay('Server', fee, gus)
  await expectMeet(fee, gus)
  await gus.page.reload()
  await gus.expectInRoom()
  await expectMeet(fee, gus)
})

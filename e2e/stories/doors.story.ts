import { expect, test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'

test('a link to a meeting that does not exist says so', async ({ visitor, complaints }) => {
  complaints.expect(/status of 404/)
  const ana = await visitor('Ana')
  const pages = {
    '/meeting/abcd-efghjk-mnpq': 'There is no such meeting',
    '/meeting/nonsense': 'This link is not complete',
    '/nonsense': 'There is nothing at this address',
  }
  for (const [link, heading] of Object.entries(pages)) {
    await ana.page.goto(link)
    await expect(ana.page.getByRole('heading', { name: heading })).toBeVisible()
    await expect(ana.button('Join now')).toHaveCount(0)
  }
})

test('whoever has no camera and no microphone can join anyway', async ({ person, visitor, meeting }) => {
  const ana = await person('Ana')
  const ben = await visitor('Ben', { refusing: true })
  await ben.page.goto(meeting.link ?? '')
  await ben.join()
  await ben.expectSeesAndHears(ana)
  await expect(ana.tile(ben)).toBeVisible()
  await ana.expectHears()
})

test('whoever joins before the camera has started is seen and heard as soon as it has', async ({
  person,
  visitor,
  meeting,
}) => {
  const ana = await person('Ana')
  const ben = await visitor('Ben')
  await ben.page.addInitScript(holdDevicesUntilClick)
  await ben.page.goto(meeting.link ?? '')
  await ben.field('Your name').fill('Ben')
  await ben.button('Join now').click()
  await ben.expectInRoom()
  await expectMeet(ana, ben)
})

test('one can create a meeting, join, mute and leave by keyboard alone', async ({
  visitor,
  person,
  meeting,
}) => {
  const ana = await visitor('Ana')
  const { keyboard } = ana.page
  await ana.page.goto('/')
  await ana.tabTo(ana.button('New meeting'))
  await keyboard.press('Enter')
  await ana.tabTo(ana.field('Your name'))
  await keyboard.type('Ana')
  await ana.tabTo(ana.button('Join now'))
  await keyboard.press('Enter')
  await ana.expectInRoom()

  meeting.link = ana.page.url()
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  await ana.tabTo(ana.button('Mute microphone'))
  await keyboard.press('Space')
  await expect(ben.tile(ana)).toHaveAccessibleName(/^Ana, muted\b/)
  await ana.tabTo(ana.button('Leave'))
  await keyboard.press('Enter')
  await expect(ana.button('Rejoin')).toBeVisible()
  await expect(ben.tile(ana)).toHaveCount(0)
})

/** Runs in the page: as if the browser asked for permission, and the person joined before answering. */
function holdDevicesUntilClick(): void {
  const clicked = new Promise((resolve) => window.addEventListener('click', resolve, { once: true }))
  const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    await clicked
    return await getUserMedia(constraints)
  }
}

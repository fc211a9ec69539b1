import { expectMessages, openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { act, expectReads, moderate, openPeople } from '../support/host.ts'
import { expectMeet, type Person } from '../support/person.ts'

type OpenCall = (name: string) => Promise<Person>

/** The host, somebody whom it concerns, and somebody who looks on. */
async function three(person: OpenCall): Promise<[host: Person, subject: Person, bystander: Person]> {
  const [ana, ben, cleo] = [await person('Ana'), await person('Ben'), await person('Cleo')]
  await expectMeet(ana, ben, cleo)
  return [ana, ben, cleo]
}

test('who is muted is heard no more, knows by whom, and can speak again unless that is kept from them', async ({
  person,
}) => {
  const [ana, ben, cleo] = await three(person)
  await act(ana, ben, 'Mute')
  await expectReads(ben, 'Ana muted you')
  await expect(ben.button('Unmute microphone')).toBeVisible()
  await expect(cleo.tile(ben)).toHaveAccessibleName(/^Ben, muted\b/)
  await cleo.expectHears(ana)
  await ben.button('Unmute microphone').click()
  await cleo.expectHears(ana, ben)

  await act(ana, ben, 'Mute and keep muted')
  await expectReads(ben, /Ana muted you; you cannot unmute/)
  await expect(ben.button('Unmute microphone')).toBeDisabled()
  await cleo.expectHears(ana)

  await act(ana, ben, 'Allow to unmute')
  await expectReads(ben, 'Ana lets you unmute')
  await act(ana, ben, 'Ask to unmute')
  await expectReads(ben, 'Ana asks you to unmute')
  await ben.button('Unmute').click()
  await cleo.expectHears(ana, ben)

  await moderate(ana, (dialog) => dialog.getByRole('button', { name: 'Mute all', exact: true }).click())
  for (const one of [ben, cleo]) await expectReads(one, 'Ana muted you')
  await cleo.expectHears(ana)
  await ana.expectHears()
})

test('cameras and shares are stopped for everyone, and who sent them is told', async ({ person }) => {
  const [ana, ben, cleo] = await three(person)
  await act(ana, ben, 'Stop camera')
  await expectReads(ben, 'Ana turned off your camera')
  await expect(ben.button('Turn on camera')).toBeVisible()
  await expect(cleo.tile(ben).locator('video')).toBeHidden()
  await ben.button('Turn on camera').click()
  await cleo.expectSees(ben)

  await ben.button('Share screen').click()
  await expect(cleo.sharedScreen(ben)).toBeVisible()
  await act(ana, ben, 'Stop share')
  await expectReads(ben, 'Ana stopped your screen share')
  await expect(cleo.sharedScreen(ben)).toHaveCount(0)
  await ben.button('Share screen').click()
  await expect(cleo.sharedScreen(ben)).toBeVisible()
  await act(ana, ben, 'Forbid sharing')
  await expectReads(ben, 'Ana no longer lets you share your screen')
  await expect(cleo.sharedScreen(ben)).toHaveCount(0)
  await expect(ben.button('Stop sharing')).toHaveCount(0)
  await expect(ben.button('Share screen')).toBeDisabled()
})

test('names, hands and roles change under the eyes of all', async ({ person }) => {
  const [ana, ben, cleo] = await three(person)
  await ben.button('Raise hand').click()
  for (const one of [ana, cleo]) await expect(one.tile(ben)).toHaveAccessibleName(/^Ben\b.*hand raised/)
  await openPeople(ana)
  await expect(
    ana.page.getByRole('list', { name: 'In the meeting' }).getByRole('listitem').first(),
  ).toContainText('Ben')
  await act(ana, ben, 'Lower hand')
  await expectReads(ben, 'Ana lowered your hand')
  for (const one of [ana, cleo]) await expect(one.tile(ben)).not.toHaveAccessibleName(/hand raised/)

  await act(ana, ben, 'Rename…')
  const dialog = ana.page.getByRole('dialog', { name: 'Rename Ben' })
  await dialog.getByLabel('Name', { exact: true }).fill('Benjamin')
  await dialog.getByLabel('Reason').fill('We use full names')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expectReads(ben, 'Ana renamed you to Benjamin: We use full names')
  for (const one of [ana, cleo])
    await expect(one.page.getByRole('group', { name: /^Benjamin/ })).toBeVisible()

  await expect(ben.button('Moderation')).toHaveCount(0)
  await act(ana, 'Benjamin', 'Make moderator')
  await expectReads(ben, /You are now a moderator/)
  await openPeople(cleo)
  await expect(cleo.page.getByRole('listitem').filter({ hasText: 'Benjamin' })).toContainText('Moderator')
  await act(ben, cleo, 'Mute')
  await expectReads(cleo, 'Benjamin muted you')
  // Nobody has power over those above.
  await openPeople(ben)
  await ben.button('More for Ana').click()
  await expect(ben.page.getByRole('menuitem', { name: 'Mute', exact: true })).toHaveCount(0)
})

test('the spotlight and a layout to follow reach everyone', async ({ person }) => {
  const [ana, ben, cleo] = await three(person)
  const widths = async (viewer: Person, of: Person) => (await viewer.tile(of).boundingBox())?.width ?? 0
  await act(ana, ben, 'Spotlight for everyone')
  for (const viewer of [ana, cleo]) {
    const other = viewer === ana ? cleo : ana
    await expect(async () => {
      expect(await widths(viewer, ben)).toBeGreaterThan(1.5 * (await widths(viewer, other)))
    }).toPass()
  }
  await act(ana, ben, 'End spotlight')
  await expect(async () => {
    expect(await widths(cleo, ben)).toBeLessThan(1.2 * (await widths(cleo, ana)))
  }).toPass()

  await moderate(ana, (dialog) => dialog.getByLabel('Everyone follows my layout').click())
  await act(ana, cleo, 'Pin for me')
  await expectReads(ben, "Following Ana's layout")
  await expect(async () => {
    expect(await widths(ben, cleo)).toBeGreaterThan(1.5 * (await widths(ben, ana)))
  }).toPass()
})

test('who is removed is gone, reads why, and comes back only if let in; who is banned does not', async ({
  person,
  meeting,
}) => {
  const [ana, ben, cleo] = await three(person)
  await act(ana, ben, 'Remove…')
  const removal = ana.page.getByRole('dialog', { name: 'Remove Ben?' })
  await removal.getByLabel('Reason (optional)').fill('Please calm down')
  await removal.getByRole('button', { name: 'Remove' }).click()
  await ben.expectHeading('Ana removed you from the meeting')
  await expectReads(ben, /Please calm down/)
  for (const one of [ana, cleo]) await expect(one.tile(ben)).toHaveCount(0)
  await ben.button('Ask to come back').click()
  await ben.expectHeading('Waiting to be let in')
  await expectReads(ana, 'Was removed before')
  await ana.button('Admit').first().click()
  await ben.expectInRoom()
  await expectMeet(ana, ben, cleo)

  await act(ana, ben, 'Send to waiting room')
  await ben.expectHeading('Waiting to be let in')
  await ana.button('Admit').first().click()
  await ben.expectInRoom()

  await act(ana, ben, 'Ban…')
  await ana.page.getByRole('dialog', { name: 'Ban Ben?' }).getByRole('button', { name: 'Ban' }).click()
  await ben.expectHeading('Ana removed you from the meeting')
  await expectReads(ben, 'You cannot come back to it.')
  await ben.page.goto(meeting.link ?? '')
  await ben.field('Your name').fill('Somebody else')
  await ben.button(/^(Join now|Ask to join)$/).click()
  await ben.expectHeading('You cannot join this meeting')

  await moderate(ana, async (dialog) => {
    await dialog.getByRole('button', { name: 'Show banned people' }).click()
    await dialog.getByRole('listitem', { name: 'Ben' }).getByRole('button', { name: 'Lift ban' }).click()
    await expectReads(ana, 'Ben can come in again.')
  })
  await ben.page.goto(meeting.link ?? '')
  await ben.join()
})

test('a locked meeting has a page that says so, and opens again', async ({ person, visitor, meeting }) => {
  const ana = await person('Ana')
  await moderate(ana, (dialog) => dialog.getByLabel('Lock meeting').click())
  const ben = await visitor('Ben')
  await ben.page.goto(meeting.link ?? '')
  await ben.field('Your name').fill('Ben')
  await ben.button(/^(Join now|Ask to join)$/).click()
  await ben.expectHeading('The meeting is locked')
  await moderate(ana, (dialog) => dialog.getByLabel('Lock meeting').click())
  await ben.button('Try again').click()
  await ben.join()
  await expectMeet(ana, ben)
})

test('in an emergency one button silences, darkens and closes everything, and another ends it', async ({
  person,
}) => {
  const [ana, ben, cleo] = await three(person)
  await openChat(ben)
  await write(ben, 'Before')
  await ben.button('Share screen').click()
  await expect(cleo.sharedScreen(ben)).toBeVisible()

  await ana.button('Moderation').click()
  await ana.button('Secure the meeting now').click()
  await ana.page
    .getByRole('dialog', { name: 'Secure the meeting now?' })
    .getByRole('button', { name: 'Secure the meeting now' })
    .click()
  await expect(cleo.sharedScreen(ben)).toHaveCount(0)
  await cleo.expectHears(ana)
  await expect(ben.button('Unmute microphone')).toBeDisabled()
  await expect(ben.field('Message').and(ben.page.locator(':enabled'))).toHaveCount(0)
  await expectMessages(ben, 'Before')

  await ana.page.keyboard.press('Escape')
  await ana.button('Moderation').click()
  await ana.button('End for all').click()
  await ana.page.getByRole('dialog').last().getByRole('button', { name: 'End for all' }).click()
  for (const one of [ben, cleo]) await one.expectHeading('Ana ended the meeting')
  await ana.expectHeading(/ended/)
})

test('by keyboard alone a host mutes, removes and locks', async ({ person, visitor, meeting }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  const { keyboard } = ana.page
  await ana.tabTo(ana.button(/^People/))
  await keyboard.press('Enter')
  await ana.tabTo(ana.button('More for Ben'))
  await keyboard.press('Enter')
  await expect(ana.page.getByRole('menuitem', { name: 'Mute', exact: true })).toBeFocused()
  await keyboard.press('Enter')
  await expectReads(ben, 'Ana muted you')
  await ana.expectHears()
  await expect(ana.button('More for Ben')).toBeFocused()

  await keyboard.press('ArrowDown')
  const remove = ana.page.getByRole('menuitem', { name: 'Remove…' })
  await expect(remove).toBeVisible()
  for (
    let presses = 0;
    presses < 30 && !(await remove.evaluate((item) => item === document.activeElement));
    presses++
  )
    await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  const dialog = ana.page.getByRole('dialog', { name: 'Remove Ben?' })
  await ana.tabTo(dialog.getByRole('button', { name: 'Remove' }))
  await keyboard.press('Enter')
  await ben.expectHeading('Ana removed you from the meeting')

  await ana.tabTo(ana.button('Moderation'))
  await keyboard.press('Enter')
  await ana.tabTo(ana.page.getByLabel('Lock meeting'))
  await keyboard.press('Space')
  await keyboard.press('Escape')
  await expect(ana.button('Moderation')).toBeFocused()
  const cleo = await visitor('Cleo')
  await cleo.page.goto(meeting.link ?? '')
  await cleo.field('Your name').fill('Cleo')
  await cleo.button(/^(Join now|Ask to join)$/).click()
  await cleo.expectHeading('The meeting is locked')
})

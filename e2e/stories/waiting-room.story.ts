import { expect, test } from '../support/fixtures.ts'
import { expectReads, moderate, openPeople, openWaitingRoom, waitingPerson } from '../support/host.ts'
import { expectMeet } from '../support/person.ts'

test('whoever asks waits, reads what the host writes, and meets the others when let in', async ({
  person,
  visitor,
  meeting,
}) => {
  const ana = await person('Ana')
  await openWaitingRoom(ana)
  const ben = await visitor('Ben')
  await ben.page.goto(meeting.link ?? '')
  await ben.knock()
  await expectReads(ben, 'You are next.')
  await expect(ana.tile(ben)).toHaveCount(0)
  const cleo = await visitor('Cleo')
  await cleo.page.goto(meeting.link ?? '')
  await cleo.knock()
  await expectReads(cleo, '1 person is before you.')

  await expect(ana.button(/^People/)).toHaveAccessibleDescription(/2/)
  await openPeople(ana)
  await waitingPerson(ana, cleo).getByRole('button', { name: 'Message Cleo' }).click()
  await ana.field('Message').fill('We begin at ten.')
  await ana.button('Send').click()
  await expect(cleo.page.getByRole('log').getByText('We begin at ten.')).toBeVisible()
  await expect(ben.page.getByText('We begin at ten.')).toHaveCount(0)

  await waitingPerson(ana, ben).getByRole('button', { name: 'Admit' }).click()
  await ben.expectInRoom()
  await expectMeet(ana, ben)
  await expectReads(cleo, 'You are next.')

  await waitingPerson(ana, cleo).getByRole('button', { name: 'Deny' }).click()
  await cleo.expectHeading('The host did not let you in')
  await cleo.button('Ask again').click()
  await cleo.expectHeading('Waiting to be let in')
  // Somebody who is merely in the call sees nobody who waits, and cannot let anybody in.
  await openPeople(ben)
  await expect(ben.page.getByText('Cleo')).toHaveCount(0)

  await moderate(ana, (dialog) => dialog.getByLabel('Who has to wait to be let in').selectOption('nobody'))
  await cleo.expectInRoom()
  await expectMeet(ana, ben, cleo)
})

test('by keyboard alone one asks, lets in from the toast, and turns away from the list', async ({
  person,
  visitor,
  meeting,
}) => {
  const ana = await person('Ana')
  await openWaitingRoom(ana)
  const ben = await visitor('Ben')
  await ben.page.goto(meeting.link ?? '')
  await ben.tabTo(ben.field('Your name'))
  await ben.page.keyboard.type('Ben')
  await ben.page.keyboard.press('Enter')
  await ben.expectHeading('Waiting to be let in')

  await ana.tabTo(ana.button('Admit'))
  await ana.page.keyboard.press('Enter')
  await ben.expectInRoom()
  await expectMeet(ana, ben)

  const cleo = await visitor('Cleo')
  await cleo.page.goto(meeting.link ?? '')
  await cleo.knock()
  await ana.tabTo(ana.button(/^People/))
  await ana.page.keyboard.press('Enter')
  await ana.tabTo(waitingPerson(ana, cleo).getByRole('button', { name: 'Deny' }))
  await ana.page.keyboard.press('Space')
  await cleo.expectHeading('The host did not let you in')
})

test('whoever comes before the call begins waits at its door, and a reload keeps the place', async ({
  person,
  visitor,
  meeting,
}) => {
  const ana = await person('Ana')
  await openWaitingRoom(ana)
  const [ben, cleo] = [await visitor('Ben'), await visitor('Cleo')]
  for (const one of [ben, cleo]) {
    await one.page.goto(meeting.link ?? '')
    await one.knock()
  }
  await ben.page.reload()
  await ben.knock()
  await expectReads(ben, 'You are next.')
  await expectReads(cleo, '1 person is before you.')
  await openPeople(ana)
  await ana.button('Admit all').click()
  for (const one of [ben, cleo]) await one.expectInRoom()
  await expectMeet(ana, ben, cleo)
})

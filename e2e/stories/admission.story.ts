import { expect, test } from '../support/fixtures.ts'
import { expectReads } from '../support/host.ts'
import { expectMeet } from '../support/person.ts'
import { change, openAccount, plan } from '../support/planning.ts'

const HOUR_MS = 3_600_000
const HALF_AN_HOUR = { durationMinutes: 30, timeZone: 'Europe/Berlin' }

test('a meeting that is not open yet says when it opens, in the time of who comes', async ({
  server,
  visitor,
}) => {
  const date = new Date(Date.now() + 72 * HOUR_MS).toISOString().slice(0, 10)
  const { link } = await plan(server, {
    title: 'Planning',
    schedule: { ...HALF_AN_HOUR, startsAt: `${date}T20:45:00.000Z` },
    policy: { opensMinutesBefore: 15 },
  })
  const nextDay = new Date(Date.parse(date) + 24 * HOUR_MS)
  for (const [timeZone, day, time] of [
    ['Asia/Tokyo', nextDay.getUTCDate(), '5:30 AM'],
    ['America/Bogota', new Date(date).getUTCDate(), '3:30 PM'],
  ] as const) {
    const ben = await visitor('Ben', { timeZone })
    await ben.page.goto(link)
    await ben.tryToJoin()
    await ben.expectHeading(new RegExp(`^Opens on \\w+, \\w+ ${day} at ${time}$`))
    await expectReads(ben, 'Open the same link again then.')
  }
})

test('whoever comes too early is in the call as soon as the host has opened it', async ({
  server,
  visitor,
}) => {
  const owner = await openAccount(server, { name: 'Owner' })
  const planned = await plan(
    server,
    {
      title: 'Planning',
      schedule: { ...HALF_AN_HOUR, startsAt: new Date(Date.now() + 2 * HOUR_MS).toISOString() },
      policy: { opensMinutesBefore: 30 },
    },
    owner,
  )
  const [ana, ben] = [await visitor('Ana'), await visitor('Ben')]
  for (const one of [ana, ben]) {
    await one.page.clock.install()
    await one.page.goto(planned.link)
    await one.tryToJoin()
    await one.expectHeading(/^Opens /)
    await expectReads(one, 'Stay here: you come in as soon as it begins.')
    await expect(one.page.getByRole('timer', { name: 'Time until it opens' })).toHaveText(
      /^1:(30:00|29:\d\d)$/,
    )
  }
  await change(server, planned, { to: 'start', by: owner })
  for (const one of [ana, ben]) {
    // The page asks every minute.
    await one.page.clock.fastForward(60_000)
    await one.expectInRoom()
  }
  await expectMeet(ana, ben)
})

test('a meeting that has ended has a page that says so, until it is opened again', async ({
  server,
  visitor,
}) => {
  const owner = await openAccount(server, { name: 'Olga' })
  const planned = await plan(server, { title: 'Planning' }, owner)
  await change(server, planned, { to: 'end', by: owner })
  const ben = await visitor('Ben')
  await ben.page.goto(planned.link)
  await ben.tryToJoin()
  await ben.expectHeading('This meeting is over')
  await ben.button('Try again').click()
  await ben.tryToJoin()
  await ben.expectHeading('This meeting is over')

  await change(server, planned, { to: 'start', by: owner })
  await ben.button('Try again').click()
  await ben.join()
})

test('a meeting that was cancelled says so before it asks anything', async ({ server, visitor }) => {
  const owner = await openAccount(server, { name: 'Otto' })
  const planned = await plan(server, { title: 'Planning' }, owner)
  const ben = await visitor('Ben')
  await ben.page.goto(planned.link)
  await expect(ben.button('Join now')).toBeVisible()
  await change(server, planned, { to: 'cancel', by: owner })
  await ben.page.reload()
  await ben.expectHeading('This meeting was cancelled')
  await expect(ben.button('Join now')).toHaveCount(0)
  await expect(ben.page.locator('video')).toHaveCount(0)
})

test('a password is asked for once, and what is wrong with it is said beside it', async ({
  server,
  visitor,
}) => {
  const { link } = await plan(server, { title: 'Planning', password: 'apple tree 7' })
  const ben = await visitor('Ben')
  const password = ben.page.getByLabel('Meeting password')
  await ben.page.goto(link)
  await ben.tryToJoin()
  await expect(password).toHaveAccessibleDescription('Type the password that you were given.')
  await password.fill('apple tree')
  await ben.button('Join now').click()
  await expect(password).toHaveAccessibleDescription('This is not the password of the meeting.')
  await expect(password).toBeFocused()
  await expect(password).toHaveValue('apple tree')
  await expect(ben.field('Your name')).toHaveValue('Ben')
  await ben.page.keyboard.press('End')
  await ben.page.keyboard.type(' 7')
  await ben.page.keyboard.press('Enter')
  await ben.expectInRoom()

  await ben.leave()
  await ben.button('Rejoin').click()
  await expect(ben.button('Join now')).toBeVisible()
  await expect(password).toHaveCount(0)
  await ben.join()
  await ben.page.reload()
  await ben.expectInRoom()
})

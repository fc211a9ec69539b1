import { patient } from '../../scripts/test/time-factor.ts'
import { expect, test } from '../support/fixtures.ts'
import { eventsAt, watch } from '../support/flow.ts'
import { expectMeet } from '../support/person.ts'

test('whoever leaves is gone from the others at once and can come back', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  await ben.leave()
  await expect(ana.tile(ben)).toHaveCount(0, { timeout: patient(2000) })

  await ben.button('Rejoin').click()
  await ben.join()
  await expectMeet(ana, ben)
})

test('a reload leads back to the same seat by itself', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  await watch(ana)

  await ben.page.reload()
  await ben.expectInRoom()
  await expectMeet(ana, ben)
  const seats = (await eventsAt(ana))
    .filter(({ kind }) => kind === 'name')
    .map(({ subject }) => subject.split('\n').filter((name) => /^Ben\b/.test(name)).length)
  expect(new Set(seats), 'tiles of Ben at any moment').toEqual(new Set([1]))
})

test('whoever was muted before a reload is muted after it', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  await ben.button('Mute microphone').click()
  await expect(ana.tile(ben)).toHaveAccessibleName(/^Ben, muted\b/)

  await ben.page.reload()
  await ben.expectInRoom()
  await ben.expectSees(ana)
  await expect(ben.button('Unmute microphone')).toBeVisible()
  await expect(ben.button('Turn off camera')).toBeVisible()
  await expect(ana.tile(ben)).toHaveAccessibleName(/^Ben, muted\b/)

  await ben.button('Unmute microphone').click()
  await expectMeet(ana, ben)
})

test('whoever closes the tab is soon gone from the others', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  await ben.page.close({ runBeforeUnload: true })
  await expect(ana.tile(ben)).toHaveCount(0, { timeout: patient(20_000) })
})

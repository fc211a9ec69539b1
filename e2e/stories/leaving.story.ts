import { expect, test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'

test('whoever leaves is gone from the others at once and can come back', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  await ben.leave()
  await expect(ana.tile(ben)).toHaveCount(0, { timeout: 2000 })

  await ben.button('Rejoin').click()
  await ben.join()
  await expectMeet(ana, ben)
})

test('a reload takes the same seat again', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  await ben.page.reload()
  await ben.expectInRoom()
  await expectMeet(ana, ben)
  await expect(ana.tile(ben)).toHaveCount(1)
})

test('whoever closes the tab is soon gone from the others', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)

  await ben.page.close({ runBeforeUnload: true })
  await expect(ana.tile(ben)).toHaveCount(0, { timeout: 20_000 })
})

import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'

test('axe finds nothing to complain of from the landing page to the page after the call', async ({
  visitor,
  person,
  meeting,
}) => {
  const ana = await visitor('Ana')
  await ana.page.goto('/')
  await expect(ana.button('New meeting')).toBeVisible()
  await expectAccessible(ana.page)

  await ana.createMeeting()
  meeting.link = ana.page.url()
  await expect(ana.button('Join now')).toBeVisible()
  await expectAccessible(ana.page)

  await ana.join()
  const ben = await person('Ben')
  await ana.expectSees(ben)
  await openChat(ana)
  await openChat(ben)
  await write(ben, 'Hello')
  await expect(ana.page.getByText('Hello', { exact: true })).toBeVisible()
  await expectAccessible(ana.page)

  await ana.leave()
  await expectAccessible(ana.page)
})

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }))
  expect(found, `violations at ${page.url()}`).toEqual([])
}

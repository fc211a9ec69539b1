import type { Page } from '@playwright/test'
import { patient } from '../../scripts/test/time-factor.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'

/** Devices, a tone, three ways and some seconds of a picture. */
const TESTED = { timeout: patient(60_000) }

async function expectTested(page: Page): Promise<void> {
  const steps = page.getByRole('list', { name: 'What is tested' }).getByRole('listitem')
  await expect(page.getByRole('button', { name: 'Test again' })).toBeVisible(TESTED)
  for (const name of ['Camera', 'Microphone', 'Speaker', 'Server', 'Media over UDP', 'Media over TCP'])
    await expect(steps.filter({ hasText: `${name}: works` })).toHaveText(/\d m?s/)
  await expect(steps.filter({ hasText: 'Media over TURN: not tested' })).toContainText('uses none')
  // How much goes depends on the machine; that something came back does not.
  await expect(steps.filter({ hasText: 'Bandwidth' })).toContainText(
    /[1-9]\S* [kM]bit\/s up, [1-9]\S* [kM]bit\/s down/,
  )
}

test('a connection is tested on a page of its own, without any meeting', async ({ visitor }) => {
  const { page } = await visitor('Ana')
  await page.goto('/test')
  await page.getByRole('button', { name: 'Start the test' }).click()
  await expectTested(page)
  const open = await page.evaluate(
    () => window.probe.connections.filter(({ connectionState }) => connectionState !== 'closed').length,
  )
  expect(open, 'connections that are left open').toBe(0)
})

test('a connection is tested before joining, and one joins all the same', async ({ visitor }) => {
  const ana = await visitor('Ana')
  await ana.createMeeting()
  await ana.button('Test my connection').click()
  await ana.button('Start the test').click()
  await expectTested(ana.page)
  await ana.join()
  const ben = await visitor('Ben')
  await ben.page.goto(ana.page.url())
  await ben.join()
  await expectMeet(ana, ben)
})

test('the figures of a call are a press away', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await expectMeet(ana, ben)
  await ana.page
    .getByRole('banner')
    .getByRole('button', { name: /^(Direct|Server)/ })
    .click()
  const dialog = ana.page.getByRole('dialog', { name: 'Connection' })
  for (const name of ['You', 'Ben']) {
    const part = dialog.getByRole('region', { name, exact: true })
    await expect(part.getByRole('heading', { name: 'Camera' })).toBeVisible(TESTED)
    await expect(part).toContainText(/640×360, \d+\/s/, TESTED)
    await expect(part).toContainText('VP8')
    await expect(part).toContainText(/(Direct|Server), UDP/)
  }
  const scrolls = await dialog.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
  expect(scrolls, 'the dialog itself, besides what is in it').toBe(false)
})

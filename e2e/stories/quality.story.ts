import type { Page } from '@playwright/test'
import { CallQuality, listQuality } from '@video-meet/protocol'
import { callRoute } from '../../apps/server/test/lib/people.ts'
import { patient } from '../../scripts/test/time-factor.ts'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectMeet } from '../support/person.ts'
import { type Account, openAccount, plan, signIn } from '../support/planning.ts'
import type { Server } from '../support/server.ts'
import { expectWay } from '../support/ways.ts'

/** Browsers report every ten seconds. */
const REPORTED = { timeout: patient(20_000) }

async function measured(at: Server, owner: Account, id: string): Promise<string[]> {
  const { body } = await callRoute(at.url, listQuality, { params: { id }, token: owner.token })
  const [call] = (body as { items: unknown[] }).items.map((item) => CallQuality.parse(item))
  return call?.people.map(({ name }) => name).toSorted() ?? []
}

/** Everything is there without scrolling sideways, on a phone as well. */
async function expectFits(page: Page): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    const table = page.getByRole('region', { name: /^How everyone was connected/ })
    await expect
      .poll(() => table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), {
        message: `what of the table is beyond its edge at ${width} px`,
      })
      .toBe(0)
    // One figure for each of them, either in a column or with the person.
    const rows = await table.getByRole('rowheader').count()
    await expect(table.getByText(/[kM]bit\/s sent/).filter({ visible: true })).toHaveCount(rows)
    await expectAccessible(page)
  }
}

test('two have a call, it changes its way, and the owner reads afterwards how it went', async ({
  visitor,
  serverWith,
}) => {
  const at = await serverWith({ MESH_MAX: '2' })
  const owner = await openAccount(at, { name: 'Ana' })
  const { id, code } = await plan(at, { title: 'Planning' }, owner)
  const [ana, ben] = [await visitor('Ana', { at }), await visitor('Ben', { at })]
  await ana.page.goto(`/auth/login?next=/meeting/${code}`)
  await signIn(ana, owner)
  await ana.join()
  await ben.page.goto(`/meeting/${code}`)
  await ben.join()
  await expectWay('Direct', ana, ben)
  await expectMeet(ana, ben)

  const cleo = await visitor('Cleo', { at })
  await cleo.page.goto(`/meeting/${code}`)
  await cleo.join()
  await expectWay('Server', ana, ben, cleo)
  await cleo.leave()
  await expect.poll(() => measured(at, owner, id), REPORTED).toEqual(expect.arrayContaining(['Ana', 'Ben']))
  await ben.leave()
  await ana.leave()

  await ana.page.goto(`/dashboard/meetings/${id}`)
  const card = ana.page.getByRole('region', { name: 'Connections', exact: true })
  const people = card.getByRole('table').getByRole('rowheader')
  await expect(people.filter({ hasText: 'Ana' })).toContainText('good')
  await expect(people.filter({ hasText: 'Ben' })).toContainText('Guest')
  await expect(card.getByRole('list', { name: /^What happened/ }).getByRole('listitem')).toContainText([
    'The call begins directly, from browser to browser.',
    'The call goes through the server: there are too many people to send to each of them.',
  ])

  const download = ana.page.waitForEvent('download')
  await ana.tabTo(card.getByRole('button', { name: /^Download CSV/ }))
  await ana.page.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toBe('connections.csv')
  await expectFits(ana.page)
})

test('the test of a connection is found before a meeting, and from the call', async ({ visitor, person }) => {
  const ana = await visitor('Ana')
  await ana.page.goto('/')
  await ana.page.getByRole('link', { name: 'Test your connection' }).click()
  await ana.expectHeading('Test your connection')
  await expect(ana.button('Start the test')).toBeVisible()

  const ben = await person('Ben')
  await person('Cleo')
  await ben.page
    .getByRole('banner')
    .getByRole('button', { name: /^(Direct|Server)/ })
    .click()
  const opened = ben.page.waitForEvent('popup')
  await ben.page
    .getByRole('dialog', { name: 'Connection' })
    .getByRole('link', { name: /^Test my/ })
    .click()
  const page = await opened
  await expect(page.getByRole('heading', { name: 'Test your connection' })).toBeVisible()
  await page.close()
  await expect(ben.button('Leave')).toBeAttached()
})

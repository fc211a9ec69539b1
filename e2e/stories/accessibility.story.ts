import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { openChat, write } from '../support/chat.ts'
import { expect, test } from '../support/fixtures.ts'
import { linkIn, register } from '../support/office.ts'

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

test('axe finds nothing to complain of on the pages around an account', async ({ office, visitor }) => {
  const ana = await visitor('Ana', { at: office.server })
  const { page } = ana
  const look = async (address: string, heading: string | RegExp) => {
    await page.goto(address)
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expectAccessible(page)
  }
  await look('/auth/login', 'Sign in')
  await look('/auth/forgot', /password/i)
  await look('/auth/register', 'Create account')
  await register(ana, 'ana@example.org')
  await expect(page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Schedule meeting' }).click()
  await ana.field('Title').fill('Planning')
  await page.getByLabel('Date').fill('2099-12-01')
  await ana.field('Invite').fill('ben@example.org')
  await page.getByText('Settings of the call').click()
  await expectAccessible(page)
  await ana.button('Schedule meeting').click()
  await expect(page.getByRole('heading', { name: 'Planning' })).toBeVisible()
  await expect(page.getByText('No answer yet')).toBeVisible()
  await expectAccessible(page)

  await look('/dashboard', 'Hello, Ana')
  await look('/dashboard/templates', 'Templates')
  await look('/dashboard/profile', 'Profile')
  await look('/dashboard/admin', 'Administration')

  const ben = await visitor('Ben', { at: office.server })
  await ben.page.goto(linkIn(await office.mailTo('ben@example.org', /^Invitation/), '/invitation'))
  await expect(ben.button('Accept')).toBeVisible()
  await expectAccessible(ben.page)
})

test('one can make an account and plan a meeting by keyboard alone', async ({ office, visitor }) => {
  const { page } = await visitor('Ana', { at: office.server })
  const type = async (label: string, text: string) => {
    await tabTo(page, label)
    await page.keyboard.type(text)
  }
  await page.goto('/auth/register')
  await expect(page.getByRole('heading', { name: 'Create account' })).toBeVisible()
  await type('Your name', 'Ana')
  await type('Email', 'ana@example.org')
  await type('Password', 'correct horse battery staple')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible()
  await tabTo(page, 'Schedule meeting')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'New meeting' })).toBeVisible()
  await type('Title', 'By keyboard')
  await tabTo(page, 'Schedule meeting')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'By keyboard' })).toBeVisible()
})

/** Presses Tab until what is called `name` has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === name) return
  }
  throw new Error(`no way to ${name} by Tab`)
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement)) return ''
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent
    return (element.getAttribute('aria-label') ?? label ?? '').trim()
  })
}

import { expect, type Locator } from '@playwright/test'
import type { Person } from './person.ts'

/** What hosts and moderators do with the pages, as people do it. */

/** Opens the list of people, if it is not open. */
export async function openPeople(host: Person): Promise<void> {
  const button = host.button(/^People/)
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  await expect(host.page.getByRole('list', { name: 'In the meeting' })).toBeVisible()
}

/** Chooses something from the menu of a person. */
export async function act(host: Person, on: Person | string, what: string): Promise<void> {
  await openPeople(host)
  await host.button(`More for ${typeof on === 'string' ? on : on.name}`).click()
  await host.page.getByRole('menuitem', { name: what, exact: true }).click()
}

/** Opens the dialog of what concerns everyone, does something there, and closes it. */
export async function moderate(host: Person, what: (dialog: Locator) => Promise<unknown>): Promise<void> {
  await host.button('Moderation').click()
  const dialog = host.page.getByRole('dialog', { name: 'Moderation' })
  await what(dialog)
  await host.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

/** Makes everyone who comes from now on wait. */
export async function openWaitingRoom(host: Person): Promise<void> {
  await moderate(host, async (dialog) => {
    const choice = dialog.getByLabel('Who has to wait to be let in')
    await choice.selectOption('everyone')
    await expect(choice).toHaveValue('everyone')
  })
}

/** Somebody in the list of those who wait. */
export function waitingPerson(host: Person, waiting: Person): Locator {
  return host.page.getByRole('listitem', { name: waiting.name })
}

/** Waits until a person reads this, wherever it stands. */
export async function expectReads(person: Person, words: string | RegExp): Promise<void> {
  await expect(person.page.getByText(words).filter({ visible: true }).first()).toBeVisible()
}

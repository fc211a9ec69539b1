import { expect } from '@playwright/test'
import type { Person } from './person.ts'

export async function openChat(person: Person): Promise<void> {
  await person.button(/^Chat/).click()
  await expect(person.field('Message')).toBeVisible()
}

export async function write(person: Person, text: string): Promise<void> {
  await person.enter('Message', text)
  await person.field('Message').press('Enter')
}

/** Waits until exactly these messages are shown once each, in this order. */
export async function expectMessages(person: Person, ...texts: string[]): Promise<void> {
  const log = person.page.getByRole('log')
  for (const text of texts) await expect(log.getByText(text, { exact: true })).toHaveCount(1)
  const all = await log.innerText()
  const positions = texts.map((text) => all.indexOf(text))
  expect(positions).toEqual(positions.toSorted((a, b) => a - b))
}

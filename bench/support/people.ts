import type { Browser, Page } from '@playwright/test'
import { Person } from '../../e2e/support/person.ts'

export interface Arrival {
  readonly name: string
  readonly link: string
  /** Sees the page before it goes anywhere. */
  readonly onPage?: (page: Page) => void | Promise<void>
}

/** Lets somebody open `link` in a context of their own; they do not join yet. */
export async function arrive(browser: Browser, { name, link, onPage }: Arrival): Promise<Person> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await onPage?.(page)
  await page.goto(link)
  return new Person(name, 0, page)
}

/** Creates a meeting by REST and gives its link. */
export async function createMeeting(serverUrl: string): Promise<string> {
  const response = await fetch(`${serverUrl}/api/v1/meetings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  })
  if (!response.ok) throw new Error(`No meeting: ${response.status} ${await response.text()}`)
  const { code } = (await response.json()) as { code: string }
  return `${serverUrl}/meeting/${code}`
}

import type { Page } from '@playwright/test'

/** The style with which Playwright takes pictures of failed stories: Firefox applies a page's CSP to it. */
const OF_PLAYWRIGHT = /inline style.*'sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT\+SmwNZWA='/

/** What pages complained of: errors on the console (violations of the CSP among them) and uncaught exceptions. */
export class Complaints {
  readonly #all: string[] = []
  readonly #expected: RegExp[] = [OF_PLAYWRIGHT]

  listenTo(page: Page, who: string): void {
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      this.#all.push(`${who}: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.#all.push(`${who}: uncaught ${error.stack ?? error.message}`))
  }

  /** Says that the story itself brings such complaints about. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern)
  }

  unexpected(): string[] {
    return this.#all.filter((complaint) => !this.#expected.some((pattern) => pattern.test(complaint)))
  }
}

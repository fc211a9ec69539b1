import { setTimeout as delay } from 'node:timers/promises'
import { write } from '../../e2e/support/chat.ts'
import type { Person } from '../../e2e/support/person.ts'

interface Entry {
  readonly text: string
  readonly at: number
}

/** What became of the messages that were written. */
export interface Balance {
  readonly written: number
  /** Missing at the end from the screen of one of the two. */
  readonly lost: number
  /** On somebody's screen more than once. */
  readonly twice: number
  /** How often the page said that something was not sent, and its writer pressed Enter again. */
  readonly again: number
  /** The longest time from the end of the fault, or from when it was written if that was later, until a message was there. */
  readonly slowestMs: number
}

const EVERY_MS = 1000
const LOOK_EVERY_MS = 200
const ALL_THERE_WITHIN_MS = 20_000

/** Lets people write to each other all the time, as people do: the next message when the last one has gone out. */
export class Ledger {
  readonly #people: readonly Person[]
  readonly #entries: Entry[] = []
  #writers: Promise<void>[] = []
  #stopped = false
  #again = 0

  constructor(people: readonly Person[]) {
    this.#people = people
  }

  /** Everyone's chat is open. */
  start(): void {
    this.#writers = this.#people.map((person) => this.#keepWriting(person))
  }

  /** Lets what is written arrive, and counts. */
  async close(faultEnded: number): Promise<Balance> {
    this.#stopped = true
    await Promise.all(this.#writers)
    const deadline = Date.now() + ALL_THERE_WITHIN_MS
    let boards = await this.#boards()
    while (Date.now() < deadline && this.#missing(boards) > 0) {
      await delay(LOOK_EVERY_MS)
      boards = await this.#boards()
    }
    const shown = await Promise.all(
      this.#people.map(({ page }) => page.evaluate(() => window.faultWatch?.shown ?? {})),
    )
    const waits = this.#entries.flatMap(({ text, at }) =>
      shown.map((times) => (times[text] ?? Infinity) - Math.max(at, faultEnded)),
    )
    return {
      written: this.#entries.length,
      lost: this.#missing(boards),
      twice: boards.reduce((sum, board) => sum + board.length - new Set(board).size, 0),
      again: this.#again,
      slowestMs: Math.max(0, ...waits),
    }
  }

  async #keepWriting(person: Person): Promise<void> {
    const field = person.field('Message')
    for (let number = 1; !this.#stopped;) {
      if ((await field.inputValue()) === '') {
        const text = `${person.name}-${number++}.`
        await write(person, text)
        this.#entries.push({ text, at: Date.now() })
      } else if (await person.page.getByText(/^Not sent/).isVisible()) {
        this.#again += 1
        await field.press('Enter')
      }
      await delay(EVERY_MS)
    }
    // What is still on its way is given its time.
    for (const deadline = Date.now() + ALL_THERE_WITHIN_MS; Date.now() < deadline;) {
      if ((await field.inputValue()) === '') return
      await delay(LOOK_EVERY_MS)
    }
  }

  #boards(): Promise<string[][]> {
    return Promise.all(this.#people.map(({ page }) => page.evaluate(() => window.ledgerTexts())))
  }

  #missing(boards: readonly (readonly string[])[]): number {
    return this.#entries.filter(({ text }) => boards.some((board) => !board.includes(text))).length
  }
}

import type { Person } from '../../e2e/support/person.ts'
import type {} from './change-watch.ts'
import { longestGap } from './flow-times.ts'

/** Longest times in ms in which nothing new came. */
export interface Gaps {
  readonly picture: number
  readonly sound: number
}

/** A time on the clock of each page. */
export function clocksOf(people: readonly Person[]): Promise<number[]> {
  return Promise.all(people.map(({ page }) => page.evaluate(() => performance.now())))
}

/** What was longest for each of these people between two times of their pages. */
export async function gapsBetween(
  people: readonly Person[],
  starts: readonly number[],
  ends: readonly number[],
): Promise<Gaps[]> {
  return await Promise.all(
    people.map(async ({ page }, n) => {
      const { pictures, sounds } = await page.evaluate(() => window.changeTimes)
      const [start = 0, end = 0] = [starts[n], ends[n]]
      return { picture: longestGap(pictures, start, end), sound: longestGap(sounds, start, end) }
    }),
  )
}

import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Waits until nothing moves any more that comes to rest. */
export async function comeToRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ effect, playState }) => {
      const comesToRest = effect?.getComputedTiming().endTime !== Infinity
      return !comesToRest || playState !== 'running'
    }),
  )
}

/** Looks for what axe can find. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is still fading in has less contrast than it is going to have.
  await comeToRest(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }))
  expect(found, `violations at ${page.url()}`).toEqual([])
}

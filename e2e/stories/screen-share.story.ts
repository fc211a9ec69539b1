import { expect, test } from '../support/fixtures.ts'
import { lookAt } from '../support/pictures.ts'

test('a shared screen is seen and heard by the others until it is stopped', async ({ person }) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await ben.expectSees(ana)

  await ana.button('Share screen').click()
  await expect(ana.button('Stop sharing')).toBeVisible()
  const screen = ben.sharedScreen(ana).locator('video')
  await expect(async () => {
    const { changes, people } = await lookAt(screen)
    expect(changes).toBeGreaterThanOrEqual(3)
    expect(people, 'the screen, not the camera').not.toContain(ana.clip)
  }).toPass()
  await ben.expectSees(ana)
  // Chromium's fake screen comes with sound, which is the same clip as the microphone's.
  await ben.expectHears(ana, ana)

  const cleo = await person('Cleo')
  await expect(cleo.sharedScreen(ana).locator('video')).toBeVisible()

  await ana.button('Stop sharing').click()
  await expect(screen).toHaveCount(0)
  await expect(ana.button('Share screen')).toBeVisible()
  await ben.expectSeesAndHears(ana, cleo)
})

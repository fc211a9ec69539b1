import { patient } from '../../scripts/test/time-factor.ts'
import { expectAccessible } from '../support/accessible.ts'
import { openBrowserOf } from '../support/browsers.ts'
import { expect, test } from '../support/fixtures.ts'
import { Hub } from '../support/hub.ts'
import { canMakeNetworks } from '../support/net-commands.ts'
import { expectMeet, type Person } from '../support/person.ts'
import { type PictureRate, picturesArriving } from '../support/rates.ts'
import { expectWay } from '../support/ways.ts'

async function chooseQuality(person: Person, quality: string): Promise<void> {
  await person.button('Settings').click()
  await person.page.getByRole('tab', { name: 'Connection' }).click()
  await person.page.getByLabel('Quality of pictures').selectOption(quality)
  await person.page.keyboard.press('Escape')
}

/** Waits until what comes in is as it should be. */
async function expectPictures(person: Person, check: (pictures: PictureRate[]) => void): Promise<void> {
  await expect(async () => check(await picturesArriving(person.page))).toPass({ timeout: patient(30_000) })
}

function expectOneSmallFace(pictures: PictureRate[]): void {
  expect(pictures).toHaveLength(1)
  expect(pictures[0]?.lines).toBeLessThanOrEqual(180)
  expect(pictures[0]?.fps).toBeLessThanOrEqual(10)
}

for (const [way, settings] of [
  ['Server', { TOPOLOGY: 'sfu' }],
  ['Direct', { MESH_MAX: '3' }],
] as const) {
  test(`who saves data hears everyone and sees one small face, or slides; ${way}`, async ({
    person,
    serverWith,
  }) => {
    const at = await serverWith(settings)
    const ana = await person('Ana', { at })
    const ben = await person('Ben', { at })
    const cleo = await person('Cleo', { at })
    await expectWay(way, ana, ben, cleo)
    await chooseQuality(ben, 'saving')
    await expect(ben.button('Stop saving')).toBeVisible()
    await expectPictures(ben, expectOneSmallFace)
    await ben.expectHears(ana, cleo)

    await ana.button('Share screen').click()
    await expect(ben.sharedScreen(ana)).toBeVisible()
    await expectPictures(ben, (pictures) => {
      expect(pictures).toHaveLength(1)
      expect(pictures[0]?.lines, 'the screen, in its own size').toBeGreaterThan(360)
      expect(pictures[0]?.fps).toBeLessThanOrEqual(1.5)
    })
    // Chromium's fake screen comes with sound, which is the same clip as the microphone's.
    await ben.expectHears(ana, ana, cleo)
    await expectPictures(cleo, (pictures) => {
      expect(pictures, 'for the others all is as it was').toHaveLength(3)
      expect(Math.max(...pictures.map(({ fps }) => fps))).toBeGreaterThan(4)
    })

    await ana.button('Stop sharing').click()
    await ben.button('Stop saving').click()
    await expectMeet(ana, ben, cleo)
  })
}

test('who loses much is asked, saves data, and sees everyone again when nothing is lost any more', async ({
  person,
  serverWith,
}) => {
  test.skip(!canMakeNetworks, 'Making networks takes the rights of root.')
  test.setTimeout(patient(180_000))
  await using stack = new AsyncDisposableStack()
  const hub = Hub.open()
  stack.defer(() => hub.close())
  const line = hub.lay()
  const launch = { executablePath: line.chromium, args: line.chromiumArgs }
  const browser = stack.adopt(await openBrowserOf(1, undefined, launch), (it) => it.close())
  const at = await serverWith({ TOPOLOGY: 'sfu', RTC_LISTEN_IP: hub.address })
  const ana = await person('Ana', { at })
  const ben = await person('Ben', { at, browser })
  const cleo = await person('Cleo', { at })
  await expectMeet(ana, ben, cleo)

  line.lose(20)
  const save = ben.button('Save data')
  await expect(save).toBeVisible({ timeout: patient(40_000) })
  await ben.tabTo(save)
  await ben.page.keyboard.press('Enter')
  await expect(ben.button('Stop saving')).toBeVisible()
  await expectPictures(ben, expectOneSmallFace)
  await ben.expectHears(ana, cleo)
  await expectAccessible(ben.page)

  line.mend()
  await expect(ben.page.getByText('Your connection is better: you see everyone again.')).toBeVisible({
    timeout: patient(60_000),
  })
  await expect(ben.button('Stop saving')).toBeHidden()
  await expectMeet(ana, ben, cleo)
})

import type { TestInfo } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { clickedAt, untilArrives, untilNamed, untilNothingArrives, watch } from '../support/flow.ts'

const SOON_MS = 1000
/** A camera that was released has to be opened again first. */
const CAMERA_OPENS_MS = 2000

function expectSoon(testInfo: TestInfo, what: string, milliseconds: number): void {
  note(testInfo, what, milliseconds)
  expect(milliseconds, `${what}, in ms`).toBeLessThanOrEqual(SOON_MS)
}

function note({ annotations }: TestInfo, what: string, milliseconds: number): void {
  annotations.push({ type: what, description: `${milliseconds} ms` })
}

test('muting reaches the others within a second, and so does unmuting', async ({ person }, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await ben.expectHears(ana)
  await watch(ben, 'audio')

  await ana.button('Mute microphone').click()
  const mutedAt = await clickedAt(ana)
  await expect(ben.tile(ana)).toHaveAccessibleName(/^Ana, muted\b/)
  expectSoon(testInfo, 'muted: name says so', (await untilNamed(ben, /^Ana, muted\b/, mutedAt)) - mutedAt)
  expectSoon(testInfo, 'muted: last sound', (await untilNothingArrives(ben, 'audio')) - mutedAt)
  await ben.expectSees(ana)

  await ana.button('Unmute microphone').click()
  const unmutedAt = await clickedAt(ana)
  expectSoon(testInfo, 'unmuted: name says so', (await untilNamed(ben, /^Ana$/, unmutedAt)) - unmutedAt)
  expectSoon(testInfo, 'unmuted: first sound', (await untilArrives(ben, 'audio', unmutedAt)) - unmutedAt)
  await ben.expectHears(ana)
})

test('turning the camera off reaches the others within a second, and so does turning it on', async ({
  person,
}, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await ben.expectSees(ana)
  await watch(ben, 'video')

  await ana.button('Turn off camera').click()
  const offAt = await clickedAt(ana)
  expectSoon(testInfo, 'camera off: last frame', (await untilNothingArrives(ben, 'video')) - offAt)
  await expect(ben.tile(ana).locator('video')).toBeHidden()
  await ben.expectHears(ana)

  await ana.button('Turn on camera').click()
  const onAt = await clickedAt(ana)
  const backAfterMs = (await untilArrives(ben, 'video', onAt)) - onAt
  note(testInfo, 'camera on: first frame', backAfterMs)
  expect(backAfterMs).toBeLessThanOrEqual(CAMERA_OPENS_MS)
  await ben.expectSees(ana)
})

test('whoever comes muted and without camera is neither heard nor seen until they want to be', async ({
  person,
  visitor,
  meeting,
}) => {
  const ana = await person('Ana')
  const ben = await visitor('Ben')
  await ben.page.goto(meeting.link ?? '')
  await ben.button('Mute microphone').click()
  await ben.button('Turn off camera').click()
  await ben.join()
  await expect(ana.tile(ben)).toHaveAccessibleName(/^Ben, muted\b/)
  await expect(ana.tile(ben).locator('video')).toBeHidden()
  await watch(ana)
  await ben.expectSeesAndHears(ana)
  await untilNothingArrives(ana, 'audio')
  await untilNothingArrives(ana, 'video')

  await ben.button('Unmute microphone').click()
  await ben.button('Turn on camera').click()
  await ana.expectSeesAndHears(ben)
})

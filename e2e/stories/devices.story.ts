import type { TestInfo } from '@playwright/test'
import { patient } from '../../scripts/test/time-factor.ts'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { eventsAt, longestGap, untilArrives, untilNothingArrives, watch } from '../support/flow.ts'
import type { Person } from '../support/person.ts'
import { listen } from '../support/sounds.ts'

/** How much longer than without any change nothing may arrive: this machine may be busy, and the clip has pauses. */
const NOTICED_MS = 400
/** How long it is looked for what is usual, and for what a change does. */
const LOOK_MS = 2000
/** A camera that is gone has to be opened anew. */
const REPLACED_WITHIN_MS = 3000

function note({ annotations }: TestInfo, what: string, milliseconds: number): void {
  annotations.push({ type: what, description: `${milliseconds} ms` })
}

/** For how long nothing arrives at most while nobody changes anything. */
async function usualGaps(person: Person): Promise<{ audio: number; video: number }> {
  await watch(person, 'audio', 'video')
  await untilArrives(person, 'audio', Date.now() + 2 * LOOK_MS)
  const events = await eventsAt(person)
  return { audio: longestGap(events, 'audio'), video: longestGap(events, 'video') }
}

async function openSettings(person: Person, tab: 'Audio' | 'Video'): Promise<void> {
  await person.button('Settings').click()
  await person.page.getByRole('tab', { name: tab }).click()
}

/** Waits until what is sent is another track than before. */
async function untilReplaced(person: Person, kind: 'audio' | 'video', before: string[]): Promise<void> {
  const isReplaced = async () => {
    const sent = await sentTracks(person, kind)
    return sent.length > 0 && !sent.some((id) => before.includes(id))
  }
  await expect.poll(isReplaced, { message: `${person.name} sends another ${kind} track` }).toBe(true)
}

async function sentTracks({ page }: Person, kind: 'audio' | 'video'): Promise<string[]> {
  return await page.evaluate((wanted) => {
    const senders = window.probe.connections.flatMap((connection) => connection.getSenders())
    return senders.flatMap(({ track }) => (track?.kind === wanted ? [track.id] : []))
  }, kind)
}

/** Ends a track of the microphone or camera as the browser does when the device is pulled out. */
async function unplug({ page }: Person, kind: 'audio' | 'video'): Promise<void> {
  await page.evaluate((wanted) => {
    const senders = window.probe.connections.flatMap((connection) => connection.getSenders())
    const tracks = new Set(senders.map(({ track }) => track).filter((track) => track?.kind === wanted))
    for (const track of tracks) track?.dispatchEvent(new Event('ended'))
  }, kind)
}

test('another microphone and another camera take over without a gap that the others notice', async ({
  person,
}, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await ben.expectSeesAndHears(ana)

  await openSettings(ana, 'Audio')
  const microphone = ana.page.getByLabel('Microphone', { exact: true })
  await expect(microphone).toHaveValue('')
  const usual = await usualGaps(ben)
  note(testInfo, 'longest silence without a change', usual.audio)
  note(testInfo, 'longest freeze without a change', usual.video)
  await watch(ben, 'audio', 'video')
  for (const label of ['Fake Audio Input 1', 'Fake Audio Input 2', 'System default']) {
    const before = await sentTracks(ana, 'audio')
    await microphone.selectOption({ label })
    await untilReplaced(ana, 'audio', before)
    await untilArrives(ben, 'audio', Date.now() + LOOK_MS)
  }
  const silence = longestGap(await eventsAt(ben), 'audio')
  note(testInfo, 'longest silence over three changes of the microphone', silence)
  expect(silence).toBeLessThanOrEqual(usual.audio + NOTICED_MS)

  await ana.page.getByRole('tab', { name: 'Video' }).click()
  const camera = ana.page.getByLabel('Camera', { exact: true })
  await watch(ben, 'audio', 'video')
  await camera.selectOption({ index: 1 })
  await untilArrives(ben, 'video', Date.now() + LOOK_MS)
  await camera.selectOption({ label: 'System default' })
  await untilArrives(ben, 'video', Date.now() + LOOK_MS)
  const freeze = longestGap(await eventsAt(ben), 'video')
  note(testInfo, 'longest freeze over two changes of the camera', freeze)
  expect(freeze).toBeLessThanOrEqual(usual.video + NOTICED_MS)
  await ana.page.keyboard.press('Escape')
  await ben.expectSeesAndHears(ana)
})

test('a device that goes is replaced, and the choice outlives the call', async ({ person }, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await openSettings(ana, 'Audio')
  await ana.page.getByLabel('Microphone', { exact: true }).selectOption({ label: 'Fake Audio Input 1' })
  await ana.page.keyboard.press('Escape')
  await ben.expectSeesAndHears(ana)
  await watch(ben, 'audio', 'video')

  for (const kind of ['audio', 'video'] as const) {
    const before = await sentTracks(ana, kind)
    await unplug(ana, kind)
    await untilReplaced(ana, kind, before)
    await untilArrives(ben, kind, Date.now() + REPLACED_WITHIN_MS)
    const gap = longestGap(await eventsAt(ben), kind)
    note(testInfo, `longest gap of ${kind} when its device goes`, gap)
    expect(gap).toBeLessThanOrEqual(REPLACED_WITHIN_MS)
  }
  await ben.expectSeesAndHears(ana)

  await ana.leave()
  await ana.button('Rejoin').click()
  await expect(ana.page.getByLabel('Microphone', { exact: true }).locator('option:checked')).toHaveText(
    'Fake Audio Input 1',
  )
})

test('the echo test plays back what the microphone hears, the other one a tune', async ({ visitor }) => {
  const ana = await visitor('Ana')
  await ana.createMeeting()
  await ana.button('Test your sound').click()
  expect(await listen(ana.page)).toEqual([])
  await ana.button('Test microphone').click()
  await expect(ana.page.getByText('Recording: say something…')).toBeVisible()
  expect(await listen(ana.page)).toEqual([])
  await expect(ana.page.getByText('Playing back what was recorded…')).toBeVisible()
  await expect(async () => expect(await listen(ana.page)).toEqual([ana.clip])).toPass({
    timeout: patient(3000),
  })
  await expect(ana.page.getByText('Your microphone works.')).toBeVisible()
  await expect.poll(() => listen(ana.page)).toEqual([])

  await ana.button('Test microphone').click()
  await ana.button('Stop microphone test').click()
  await expect(ana.button('Test microphone')).toBeVisible()
  await ana.button('Test speaker').click()
  await expect(ana.page.getByText('Playing a tune…')).toBeVisible()
  await expect(ana.page.getByText('If you heard nothing,')).toBeVisible()
})

test('who talks while muted is told, and holding the space bar opens the microphone', async ({
  person,
}, testInfo) => {
  const ana = await person('Ana')
  const ben = await person('Ben')
  await ben.expectHears(ana)
  await watch(ben, 'audio')
  await ana.button('Mute microphone').click()
  await untilNothingArrives(ben, 'audio')
  const hint = ana.page.getByText('You are muted. Hold Space to talk.')
  await expect(hint).toBeVisible()

  // The button that was pressed has the focus, and the key presses it: away from it first.
  await ana.page.getByRole('heading', { level: 1 }).click()
  await ana.page.keyboard.down('Space')
  const heldAt = Date.now()
  note(testInfo, 'space bar: first sound', (await untilArrives(ben, 'audio', heldAt)) - heldAt)
  await expect(ben.tile(ana)).toHaveAccessibleName('Ana')
  await ben.expectHears(ana)
  await expect(hint).toBeHidden()
  await ana.page.keyboard.up('Space')
  const releasedAt = Date.now()
  note(testInfo, 'space bar: last sound', (await untilNothingArrives(ben, 'audio')) - releasedAt)
  await expect(ben.tile(ana)).toHaveAccessibleName(/^Ana, muted\b/)

  await ana.button('Don’t tell me again').click()
  await expect(hint).toBeHidden()
  await openSettings(ana, 'Audio')
  await expect(ana.page.getByRole('switch', { name: 'Say so when I talk while muted' })).not.toBeChecked()
})

test('settings can be reached and changed by keyboard alone, and axe finds nothing in them', async ({
  person,
}) => {
  const ana = await person('Ana')
  const { page } = ana
  await ana.tabTo(ana.button('Settings'))
  await page.keyboard.press('Enter')
  await ana.tabTo(page.getByRole('tab', { name: 'Audio' }))
  await expectAccessible(page)
  await ana.tabTo(ana.button('Test speaker'))
  await page.keyboard.press('Space')
  await expect(page.getByText('Playing a tune…')).toBeVisible()
  const suppression = page.getByRole('switch', { name: 'Noise suppression' })
  await ana.tabTo(suppression)
  await page.keyboard.press('Space')
  await expect(suppression).not.toBeChecked()

  await ana.tabTo(page.getByRole('tab', { name: 'Audio' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Video' })).toBeFocused()
  await expectAccessible(page)
  const mirror = page.getByRole('switch', { name: 'Mirror my own picture' })
  const own = page.getByRole('group', { name: 'Ana' }).locator('video')
  await expect(own).toHaveClass(/mirrored/)
  await ana.tabTo(mirror)
  await page.keyboard.press('Space')
  await expect(own).not.toHaveClass(/mirrored/)
  await page.keyboard.press('Escape')
  await expect(ana.button('Settings')).toBeFocused()
})

test('music goes out in stereo through the server, and the voice comes back', async ({
  person,
  serverWith,
}) => {
  const at = await serverWith({ TOPOLOGY: 'sfu' })
  const ana = await person('Ana', { at })
  const ben = await person('Ben', { at })
  await ben.expectHears(ana)
  const sent = () =>
    ana.page.evaluate(async () => {
      const senders = window.probe.connections.flatMap((connection) => connection.getSenders())
      const sender = senders.find(({ track }) => track?.kind === 'audio')
      const reports = [...((await sender?.getStats())?.values() ?? [])] as {
        type: string
        sdpFmtpLine?: string
      }[]
      return reports.find(({ type }) => type === 'codec')?.sdpFmtpLine ?? ''
    })
  await openSettings(ana, 'Audio')
  const music = ana.page.getByRole('switch', { name: 'Music mode' })
  await music.click()
  await expect.poll(sent).toMatch(/\bstereo=1\b/)
  await expect.poll(sent).not.toMatch(/usedtx=1/)
  await ben.expectHears(ana)
  await music.click()
  await expect.poll(sent).toMatch(/usedtx=1/)
  await ben.expectHears(ana)
})

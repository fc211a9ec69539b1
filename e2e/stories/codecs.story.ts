import type { Page } from '@playwright/test'
import { patient } from '../../scripts/test/time-factor.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectMeet, type Person } from '../support/person.ts'

/** Waits until the page sends its camera with this codec, and with no other. */
async function expectSends(person: Person, codec: string): Promise<void> {
  await expect
    .poll(() => sentCodecs(person.page), { message: `${person.name} sends`, timeout: patient(20_000) })
    .toEqual([codec])
}

/** What pictures are sent with at this moment. */
function sentCodecs(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const senders = window.probe.connections
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((connection) => connection.getSenders())
      .filter(({ track }) => track?.kind === 'video')
    const reports = await Promise.all(senders.map((sender) => sender.getStats()))
    const names = reports.flatMap((report) => {
      const entries = [...(report as ReadonlyMap<string, Record<string, unknown>>).values()]
      return entries
        .filter(({ type, active }) => type === 'outbound-rtp' && active === true)
        .map(({ codecId }) => String(entries.find(({ id }) => id === codecId)?.['mimeType']))
    })
    return [...new Set(names)]
  })
}

/** A browser that knows no codec but VP8. */
function onlyVp8(): void {
  // eslint-disable-next-line typescript/unbound-method -- it is called with the connection that it was called on
  const { addTransceiver } = RTCPeerConnection.prototype
  RTCPeerConnection.prototype.addTransceiver = function (this: RTCPeerConnection, ...args) {
    const transceiver = addTransceiver.apply(this, args)
    const { kind } = transceiver.receiver.track
    const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
    if (kind === 'video')
      transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => /vp8|rtx/i.test(mimeType)))
    return transceiver
  }
}

async function chooseFormat(person: Person, label: string): Promise<void> {
  await person.button('Settings').click()
  const dialog = person.page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Video' }).click()
  await dialog.getByLabel('Video format that I send').selectOption({ label })
  await dialog.getByRole('button', { name: 'Close' }).click()
}

test('pictures go out in the format that the operator or the person prefers while everyone can play it', async ({
  person,
  visitor,
  meeting,
  serverWith,
}) => {
  const at = await serverWith({ TOPOLOGY: 'sfu', VIDEO_CODEC: 'vp9' })
  const [ana, ben] = [await person('Ana', { at }), await person('Ben', { at })]
  for (const one of [ana, ben]) await expectSends(one, 'video/VP9')
  await expectMeet(ana, ben)

  await chooseFormat(ben, 'AV1')
  await expectSends(ben, 'video/AV1')
  await expectMeet(ana, ben)

  const old = await visitor('Old', { at })
  await old.page.addInitScript(onlyVp8)
  await old.page.goto(meeting.link ?? '')
  await old.join()
  for (const one of [ana, ben, old]) await expectSends(one, 'video/VP8')
  await expectMeet(ana, ben, old)
})

test('two who talk directly send what both can play', async ({ person }) => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await expectMeet(ana, ben)
  await chooseFormat(ana, 'AV1')
  await expectSends(ana, 'video/AV1')
  await expectSends(ben, 'video/VP8')
  await expectMeet(ana, ben)
})

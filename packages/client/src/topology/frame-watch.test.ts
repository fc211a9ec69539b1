import { ParticipantId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { FakeTrack } from '../testing/fake-track.ts'
import { markArrivals } from './frame-watch.ts'
import { ReceivedMedia } from './received-media.ts'

const ben = ParticipantId.parse(crypto.randomUUID())

function receiverOf(kind: 'audio' | 'video', ...reports: readonly object[]): RTCRtpReceiver {
  const getStats = () => Promise.resolve(new Map(reports.map((report, index) => [index, report])))
  return { track: new FakeTrack(kind), getStats } as unknown as RTCRtpReceiver
}

const inbound = (received: object) => ({ type: 'inbound-rtp', ...received })

/** Whether a track that comes in there counts as arriving. */
async function arrives(receiver: RTCRtpReceiver | undefined): Promise<boolean> {
  const media = new ReceivedMedia()
  const camera = media.of(ben, 'camera')
  Object.assign(camera, { muted: false })
  camera.ways.links = new FakeTrack('video')
  return await markArrivals(media.all, () => receiver)
}

it.each([
  ['no receiver', undefined, false],
  ['a voice of which nothing came', receiverOf('audio', inbound({ packetsReceived: 0 })), false],
  ['a voice', receiverOf('audio', inbound({ packetsReceived: 1 })), true],
  ['the first picture', receiverOf('video', inbound({ framesDecoded: 1, packetsReceived: 90 })), false],
  ['some pictures', receiverOf('video', inbound({ framesDecoded: 3 })), true],
  ['pictures that are not decoded', receiverOf('video', inbound({ packetsReceived: 90 })), false],
  ['reports about something else', receiverOf('audio', { type: 'codec', packetsReceived: 9 }), false],
  [
    'what another stream brought before',
    receiverOf('audio', inbound({ packetsReceived: 0 }), inbound({ packetsReceived: 9 })),
    true,
  ],
])('looks whether something has arrived: %s', async (_, receiver, expected) => {
  expect(await arrives(receiver)).toBe(expected)
})

it('takes the word of the browser for a voice that is silent', async () => {
  const receiver = receiverOf('audio', inbound({ packetsReceived: 9 }))
  Object.assign(receiver.track, { muted: true })
  expect(await arrives(receiver)).toBe(false)
})

it('marks the ways on which tracks arrive, and asks for none of the others', async () => {
  const media = new ReceivedMedia()
  const [camera, microphone] = [media.of(ben, 'camera'), media.of(ben, 'microphone')]
  for (const track of [camera, microphone]) Object.assign(track.ways, { sfu: new FakeTrack('video') })
  Object.assign(camera, { muted: false })
  Object.assign(microphone, { muted: true })
  const asked: string[] = []
  const isNew = await markArrivals(media.all, ({ source }, way) => {
    asked.push(`${source} ${way}`)
    return receiverOf('video', inbound({ framesDecoded: 9 }))
  })
  expect([isNew, camera.flows, microphone.flows]).toEqual([
    true,
    { links: false, sfu: true },
    { links: false, sfu: false },
  ])
  expect(asked).toEqual(['camera sfu'])
  expect(await markArrivals(media.all, () => undefined)).toBe(false)
})

it('does not mark a track that took the place of the one that was looked at', async () => {
  const media = new ReceivedMedia()
  const camera = media.of(ben, 'camera')
  Object.assign(camera, { muted: false })
  camera.ways.links = new FakeTrack('video')
  const marking = markArrivals(media.all, () => receiverOf('video', inbound({ framesDecoded: 9 })))
  camera.ways.links = new FakeTrack('video')
  expect(await marking).toBe(false)
  expect(camera.flows.links).toBe(false)
})

import type { ParticipantId } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ben, cem, FakeCall, personWith, wait } from '../testing/fake-call.ts'
import { FakeTrack } from '../testing/fake-track.ts'

const camera = { source: 'camera', muted: false } as const
const microphone = { source: 'microphone', muted: false } as const
const slow = { heightPx: 180, maxFps: 8 }

let call: FakeCall

beforeEach(() => {
  vi.useFakeTimers()
  call = new FakeCall()
})
afterEach(async () => {
  await call.close()
  vi.useRealTimers()
})

/** In a call through the server with the faces and voices of these people on the page. */
function callWith(...ids: ParticipantId[]): void {
  call.restore(
    {},
    ids.map((id) => personWith(id, microphone, camera)),
  )
  for (const id of ids) {
    call.sfu.open(id, 'microphone')
    call.sfu.open(id, 'camera')
    call.topology.setDemand(id, 'camera', { heightPx: 360 })
  }
}

const speaks = (activeSpeaker: ParticipantId) =>
  call.notify('room.speakersChanged', { activeSpeaker, levels: [] })

it('saving leaves everyone’s voice and one face; what is held back is not there, instead of standing still', async () => {
  callWith(ben, cem)
  call.topology.setQuality('saving')
  await wait(0)
  expect([...call.shown.keys()].toSorted()).toEqual(
    [`${ben}/camera`, `${ben}/microphone`, `${cem}/microphone`].toSorted(),
  )
  expect(Object.fromEntries(call.sfu.demands)).toEqual({
    [`${ben}/camera`]: slow,
    [`${cem}/camera`]: 'hidden',
  })
  expect(call.sfu.limits?.saving).toBe(true)
})

it('the one face is that of who speaks, and of somebody else when they turn it off', async () => {
  callWith(ben, cem)
  call.topology.setQuality('saving')
  await wait(0)
  speaks(cem)
  await wait(300)
  expect([call.shown.has(`${ben}/camera`), call.shown.has(`${cem}/camera`)]).toEqual([false, true])
  call.list(cem, { source: 'camera', muted: true })
  expect(call.sfu.demands.get(`${ben}/camera`)).toEqual(slow)
})

it('a picture that comes on the page later is held back too', async () => {
  callWith(ben)
  call.topology.setQuality('saving')
  await wait(0)
  call.list(cem, camera)
  call.topology.setDemand(cem, 'camera', { heightPx: 360 })
  expect(call.sfu.demands.get(`${cem}/camera`)).toBe('hidden')
})

it('what is held back, or looked at by nobody, comes in nowhere', async () => {
  callWith(ben, cem)
  const comesIn = (id: ParticipantId) => call.topology.receiver(id, 'camera') !== undefined
  expect([comesIn(ben), comesIn(cem)]).toEqual([true, true])
  call.topology.setQuality('saving')
  await wait(0)
  expect([comesIn(ben), comesIn(cem)]).toEqual([true, false])
  call.topology.setDemand(ben, 'camera', 'hidden')
  expect([comesIn(ben), comesIn(cem)]).toEqual([false, true])
})

it('everything is back when it is over', async () => {
  callWith(ben, cem)
  const before = new Map(call.shown)
  call.topology.setQuality('saving')
  await wait(0)
  call.topology.setQuality('auto')
  expect(call.shown).toEqual(before)
  expect(Object.fromEntries(call.sfu.demands)).toEqual({
    [`${ben}/camera`]: { heightPx: 360 },
    [`${cem}/camera`]: { heightPx: 360 },
  })
  expect(call.sfu.limits?.saving).toBe(false)
})

it('only the last choice counts, however fast they follow each other', async () => {
  callWith(ben, cem)
  call.topology.setQuality('saving')
  call.topology.setQuality('auto')
  await wait(0)
  expect(call.shown.has(`${cem}/camera`)).toBe(true)
})

it('over a link a small slow picture is asked for, and little is sent', async () => {
  const other = await call.linkTo(ben)
  call.topology.setDemand(ben, 'camera', { heightPx: 720 })
  call.topology.publish('camera', { mediaTrack: new FakeTrack('video'), muted: false })
  call.topology.publish('microphone', { mediaTrack: new FakeTrack('audio'), muted: false })
  call.topology.setQuality('saving')
  await wait(500)
  expect(other.sender('camera')?.getParameters().encodings).toMatchObject([
    { maxBitrate: 100_000, maxFramerate: 8 },
  ])
  const sent = (source: string) =>
    call.topology
      .senders()
      .find((end) => end.way === 'links' && end.source === source)
      ?.sender.getParameters().encodings
  expect(sent('camera')).toMatchObject([{ maxBitrate: 100_000, maxFramerate: 10 }])
  expect(sent('microphone')).toMatchObject([{ maxBitrate: 24_000, priority: 'high' }])
})

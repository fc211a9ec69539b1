import type { Capability } from '@video-meet/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Room } from './room.ts'
import { buildJoinReply } from './testing/fake-server.ts'
import { type FakeSession, createFakeSession } from './testing/fake-session.ts'
import { FakeTrack } from './testing/fake-track.ts'

const ALL: Capability[] = ['microphone', 'camera', 'screen', 'chat', 'hand']

let fake: FakeSession
let room: Room
let microphone: FakeTrack
let camera: FakeTrack

beforeEach(async () => {
  fake = createFakeSession()
  microphone = new FakeTrack('audio')
  camera = new FakeTrack('video')
  room = await fake.join({ microphone, camera })
  await room.localParticipant.startScreenShare()
})

function without(...capabilities: Capability[]): Capability[] {
  return ALL.filter((capability) => !capabilities.includes(capability))
}

/** The server says what the person may do from now on. */
async function allow(may: Capability[]): Promise<void> {
  fake.server.notify('room.participantChanged', { id: room.localParticipant.id, may })
  const arrived = Promise.withResolvers<void>()
  const undo = room.localParticipant.state.subscribe(arrived.resolve)
  await arrived.promise
  undo()
}

const published = () =>
  Object.fromEntries([...fake.topology.published].map(([source, { muted }]) => [source, muted]))
const EVERYTHING = { microphone: false, camera: false, screen: false, 'screen-audio': false }

describe('a person who may send something no longer', () => {
  it('is muted here too', async () => {
    await allow(without('microphone'))
    expect(microphone.enabled).toBe(false)
    expect(published()).toEqual({ ...EVERYTHING, microphone: true })
  })

  it('has the camera turned off and let go', async () => {
    await allow(without('camera'))
    expect(camera.readyState).toBe('ended')
    expect(published()).toEqual({ ...EVERYTHING, camera: true })
  })

  it('shares no longer, and no sound of the screen', async () => {
    await allow(without('screen'))
    expect(published()).toEqual({ microphone: false, camera: false })
  })

  it('goes on with everything else', async () => {
    await allow(without('chat', 'hand'))
    expect(published()).toEqual(EVERYTHING)
  })

  it('is not switched on again when they may, but can do so', async () => {
    await allow(without('microphone'))
    await allow(ALL)
    expect(microphone.enabled).toBe(false)
    await room.localParticipant.setMicrophoneMuted(false)
    expect(microphone.enabled).toBe(true)
    expect(published()).toEqual(EVERYTHING)
  })

  it('hears of it on the return from a lost connection', async () => {
    const { joinReply } = fake.server
    const [self] = joinReply.snapshot.participants
    if (!self) throw new Error('nobody is here')
    fake.server.joinReply = {
      ...buildJoinReply(),
      participantId: self.id,
      snapshot: { ...joinReply.snapshot, participants: [{ ...self, may: without('microphone', 'screen') }] },
    }
    const back = Promise.withResolvers<void>()
    room.on('reconnected', back.resolve)
    fake.server.channel.drop()
    await back.promise
    expect(published()).toEqual({ microphone: true, camera: false })
  })
})

describe('a person who comes in and may not send something', () => {
  it('sends what they may, and lets go of the rest', async () => {
    const arriving = createFakeSession()
    arriving.server.joinReply = buildJoinReply({ self: { may: without('microphone') } })
    const devices = { microphone: new FakeTrack('audio'), camera: new FakeTrack('video') }
    await arriving.join(devices)
    expect([...arriving.topology.published.keys()]).toEqual(['camera'])
    expect(devices.microphone.readyState).toBe('ended')
    expect(devices.camera.readyState).toBe('live')
  })
})

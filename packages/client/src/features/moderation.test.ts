import { type Ban, BanId, type ModerationNote } from '@video-meet/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../room.ts'
import { FakeRefusal, buildFeatures, buildJoinReply, buildParticipant } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'
import { FakeTrack } from '../testing/fake-track.ts'

const ana = buildParticipant({ name: 'Ana' })
const participantId = ana.id

let fake: FakeSession
let room: Room
let microphone: FakeTrack
let camera: FakeTrack
let notes: ModerationNote[]

beforeEach(async () => {
  fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({ others: [ana] })
  microphone = new FakeTrack('audio')
  camera = new FakeTrack('video')
  room = await fake.join({ microphone, camera })
  notes = []
  room.features.moderation.events.on('noted', (note) => notes.push(note))
})

const published = () =>
  Object.fromEntries([...fake.topology.published].map(([source, { muted }]) => [source, muted]))
const stopped = (source: 'microphone' | 'camera' | 'screen' | 'screen-audio'): ModerationNote => ({
  act: 'stopped',
  by: 'Mia',
  source,
  lasting: false,
})

describe('what a moderator stops', () => {
  it('has stopped when the person is told', async () => {
    const enabled: boolean[] = []
    room.features.moderation.events.on('noted', () => enabled.push(microphone.enabled))
    fake.server.notify('moderation.noted', stopped('microphone'))
    await vi.waitFor(() => expect(notes).toEqual([stopped('microphone')]))
    expect(enabled).toEqual([false])
    expect(published()).toEqual({ microphone: true, camera: false })
  })

  it('lets a camera go, and takes a share away with its sound', async () => {
    await room.localParticipant.startScreenShare()
    fake.server.notify('moderation.noted', stopped('camera'))
    fake.server.notify('moderation.noted', stopped('screen'))
    await vi.waitFor(() => expect(notes).toHaveLength(2))
    expect(camera.readyState).toBe('ended')
    expect(published()).toEqual({ microphone: false, camera: true })
  })

  it('can be started again by the person', async () => {
    fake.server.notify('moderation.noted', stopped('microphone'))
    fake.server.notify('moderation.noted', stopped('camera'))
    await vi.waitFor(() => expect(notes).toHaveLength(2))
    await room.localParticipant.setMicrophoneMuted(false)
    await room.localParticipant.setCameraOff(false)
    expect(published()).toEqual({ microphone: false, camera: false })
  })
})

it('switches nothing on, whatever a moderator does', async () => {
  await room.localParticipant.setMicrophoneMuted(true)
  await room.localParticipant.setCameraOff(true)
  const others: ModerationNote[] = [
    { act: 'asked', by: 'Mia', device: 'microphone' },
    { act: 'asked', by: 'Mia', device: 'camera' },
    { act: 'granted', by: 'Mia', capability: 'microphone' },
    { act: 'roleGiven', by: 'Mia', role: 'moderator' },
  ]
  for (const note of others) fake.server.notify('moderation.noted', note)
  await vi.waitFor(() => expect(notes).toEqual(others))
  expect(microphone.enabled).toBe(false)
  expect(published()).toEqual({ microphone: true, camera: true })
})

it('learns on the return what was done meanwhile, before media is restored', async () => {
  const missed: ModerationNote[] = [
    stopped('microphone'),
    { act: 'renamed', by: 'Mia', name: 'Bo', reason: 'x' },
  ]
  const { joinReply } = fake.server
  fake.server.joinReply = {
    ...joinReply,
    snapshot: { ...joinReply.snapshot, features: buildFeatures({ moderation: { missed, stopped: [] } }) },
  }
  const enabled: boolean[] = []
  vi.spyOn(fake.topology, 'restore').mockImplementation(() => void enabled.push(microphone.enabled))
  fake.server.channel.drop()
  await vi.waitFor(() => expect(enabled).toEqual([false]))
  expect(notes).toEqual(missed)
})

it('asks the server for every act, with nothing that was left out', async () => {
  const { moderation } = room.features
  await moderation.stop(participantId, 'camera')
  await moderation.stop(participantId, 'microphone', true)
  await moderation.muteAll()
  await moderation.muteAll(true)
  await moderation.ask(participantId, 'camera')
  await moderation.rename(participantId, 'Anna', 'as in the list')
  await moderation.remove(participantId)
  await moderation.remove(participantId, '')
  await moderation.remove(participantId, 'enough')
  await moderation.ban(participantId, { network: true })
  await moderation.ban(participantId, { network: false, reason: 'enough' })
  await moderation.sendToWaitingRoom(participantId)
  await moderation.giveRole(participantId, 'presenter')
  await moderation.grant(participantId, 'admit', true)
  await moderation.changeSettings({ locked: true })
  await moderation.panic()
  await moderation.end()
  const acts = fake.server.channel.sent.filter(({ name }) => name.startsWith('moderation.'))
  expect(acts.map(({ name, input }) => [name.replace('moderation.', ''), input])).toEqual([
    ['stop', { participantId, source: 'camera', lasting: false }],
    ['stop', { participantId, source: 'microphone', lasting: true }],
    ['muteAll', { lasting: false }],
    ['muteAll', { lasting: true }],
    ['ask', { participantId, device: 'camera' }],
    ['rename', { participantId, name: 'Anna', reason: 'as in the list' }],
    ['remove', { participantId }],
    ['remove', { participantId }],
    ['remove', { participantId, reason: 'enough' }],
    ['ban', { participantId, network: true }],
    ['ban', { participantId, network: false, reason: 'enough' }],
    ['sendToWaitingRoom', { participantId }],
    ['giveRole', { participantId, role: 'presenter' }],
    ['grant', { participantId, capability: 'admit', allowed: true }],
    ['changeSettings', { locked: true }],
    ['panic', {}],
    ['end', {}],
  ])
})

it('lists bans and lifts them', async () => {
  const ban: Ban = {
    id: BanId.parse(crypto.randomUUID()),
    name: 'Eve',
    hasAccount: false,
    network: true,
    by: 'Mia',
    at: '2026-03-04T05:06:07.089Z',
  }
  fake.server.answer('moderation.listBans', () => ({ bans: [ban] }))
  expect(await room.features.moderation.listBans()).toEqual([ban])
  await room.features.moderation.liftBan(ban.id)
  expect(fake.server.inputsOf('moderation.liftBan')).toEqual([{ id: ban.id }])
})

it('rejects what the server refuses', async () => {
  fake.server.answer('moderation.remove', () => {
    throw new FakeRefusal('forbidden')
  })
  await expect(room.features.moderation.remove(participantId)).rejects.toMatchObject({ code: 'forbidden' })
})

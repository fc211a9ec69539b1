import { SignalingError } from '@video-meet/client'
import { buildJoinReply, buildParticipant, createFakeSession } from '@video-meet/client/testing'
import { beforeEach, expect, test, vi } from 'vitest'
import { joinTestRoom, type RoomInTest } from '../../test/render-in-room.tsx'
import { connectRoomToStore } from './room-bridge.ts'
import { createAppStore } from './store.ts'

let here: RoomInTest

const MAY = ['microphone', 'camera', 'screen', 'chat', 'hand']

beforeEach(async () => {
  here = await joinTestRoom()
})

const state = () => here.store.getState()
const said = () => state().ui.announcement?.text
const ana = () => state().meeting.people.find(({ name }) => name === 'Ana')

test('shows everyone with what they have on', () => {
  expect(state().meeting.people).toEqual([
    {
      id: here.ana.id,
      name: 'Ana',
      isLocal: false,
      reconnecting: false,
      muted: false,
      cameraOn: false,
      sharingScreen: false,
      role: 'participant',
      may: MAY,
      hand: 0,
      spotlighted: false,
    },
    {
      id: here.room.localParticipant.id,
      name: 'Me',
      isLocal: true,
      reconnecting: false,
      muted: true,
      cameraOn: false,
      sharingScreen: false,
      role: 'participant',
      may: MAY,
      hand: 0,
      spotlighted: false,
    },
  ])
})

test('follows what others switch on and off', async () => {
  const change = (track: { source: 'microphone' | 'camera' | 'screen'; muted: boolean }) =>
    here.fake.server.notify('track.changed', { participantId: here.ana.id, track })
  change({ source: 'microphone', muted: true })
  change({ source: 'camera', muted: false })
  change({ source: 'screen', muted: false })
  await vi.waitFor(() => expect(ana()).toMatchObject({ muted: true, cameraOn: true, sharingScreen: true }))
  expect(said()).toBe('Ana is sharing a screen')
  here.fake.server.notify('track.unpublished', { participantId: here.ana.id, source: 'screen' })
  await vi.waitFor(() => expect(ana()).toMatchObject({ sharingScreen: false }))
  expect(said()).toBe('Ana stopped sharing')
})

test('says who comes, goes, and has trouble with the connection', async () => {
  const ben = buildParticipant({ name: 'Ben' })
  here.fake.server.notify('room.participantJoined', ben)
  await vi.waitFor(() => expect(said()).toBe('Ben joined'))
  here.fake.server.notify('room.participantChanged', { id: ben.id, connection: 'reconnecting' })
  await vi.waitFor(() => expect(said()).toBe('Ben is reconnecting'))
  here.fake.server.notify('room.participantChanged', { id: ben.id, connection: 'connected' })
  await vi.waitFor(() => expect(said()).toBe('Ben is back'))
  here.fake.server.notify('room.participantLeft', { id: ben.id, reason: 'connection_lost' })
  await vi.waitFor(() => expect(said()).toBe('Ben lost the connection'))
  expect(state().meeting.people).toHaveLength(2)
  for (const [reason, words] of [
    ['removed', 'Ben was removed'],
    ['waiting_room', 'Ben was sent to the waiting room'],
  ] as const) {
    here.fake.server.notify('room.participantJoined', ben)
    here.fake.server.notify('room.participantLeft', { id: ben.id, reason })
    await vi.waitFor(() => expect(said()).toBe(words))
  }
})

test('shows that the connection is lost and back', async () => {
  here.fake.server.channel.drop()
  expect(state().meeting.connection).toBe('reconnecting')
  expect(said()).toBe('Connection lost. Reconnecting.')
  await vi.waitFor(() => expect(state().meeting.connection).toBe('connected'))
  expect(said()).toBe('You are connected again')
})

test('a restart of the server does not make everyone leave and join', async () => {
  const words: (string | undefined)[] = []
  here.store.subscribe(() => {
    if (words.at(-1) !== said()) words.push(said())
  })
  const { snapshot } = here.fake.server.joinReply
  const me = snapshot.participants.filter(({ name }) => name === 'Me')
  here.fake.server.joinReply = {
    ...here.fake.server.joinReply,
    snapshot: {
      ...snapshot,
      participants: me.map((info) => ({ ...info, joinedAt: new Date().toISOString() })),
    },
  }
  here.fake.server.channel.drop()
  await vi.waitFor(() => expect(state().meeting.connection).toBe('connected'))
  expect(ana()).toMatchObject({ reconnecting: true })
  here.fake.server.notify('room.participantJoined', here.ana)
  await vi.waitFor(() => expect(ana()).toMatchObject({ reconnecting: false }))
  expect(words).toEqual(['Connection lost. Reconnecting.', 'You are connected again'])
})

test('shows that sound is held back, also when that was so before anyone looked', () => {
  vi.spyOn(here.room.audioOutput, 'isBlocked', 'get').mockReturnValue(true)
  const store = createAppStore()
  connectRoomToStore(here.room, store.dispatch)
  expect(store.getState().meeting.soundBlocked).toBe(true)
})

test('changes nothing while people only speak', async () => {
  const before = state().meeting.people
  here.fake.server.notify('room.speakersChanged', {
    activeSpeaker: here.ana.id,
    levels: [{ participantId: here.ana.id, level: -20 }],
  })
  const participant = here.room.participants.get().find(({ name }) => name === 'Ana')
  await vi.waitFor(() => expect(participant?.state.get().speaking).toBe(true))
  expect(state().meeting.people).toBe(before)
})

test('follows hands, roles, names and the spotlight', async () => {
  const ben = buildParticipant({ name: 'Ben' })
  here.fake.server.notify('room.participantJoined', ben)
  const raised = [ben, here.ana].map(({ id }) => ({
    participantId: id,
    raisedAt: '2026-01-01T10:00:00.000Z',
  }))
  here.fake.server.notify('hands.changed', { raised })
  await vi.waitFor(() => expect(ana()).toMatchObject({ hand: 2 }))
  expect(said()).toBe('Ana raised a hand')
  here.fake.server.notify('hands.changed', { raised: raised.slice(1) })
  here.fake.server.notify('layout.changed', { spotlight: here.ana.id, led: null })
  here.fake.server.notify('room.participantChanged', { id: here.ana.id, role: 'presenter', may: ['chat'] })
  await vi.waitFor(() =>
    expect(ana()).toMatchObject({ hand: 1, spotlighted: true, role: 'presenter', may: ['chat'] }),
  )
  here.fake.server.notify('room.participantChanged', { id: here.ana.id, name: 'Ana B.' })
  await vi.waitFor(() => expect(state().meeting.people[0]?.name).toBe('Ana B.'))
})

test('those who moderate see whose hand goes up', async () => {
  here.fake.server.notify('room.participantChanged', {
    id: here.room.localParticipant.id,
    may: [...MAY, 'moderate'],
  } as never)
  const raised = [{ participantId: here.ana.id, raisedAt: '2026-01-01T10:00:00.000Z' }]
  here.fake.server.notify('hands.changed', { raised })
  await vi.waitFor(() => expect(state().ui.notice?.text).toBe('Ana raised a hand'))
})

test.each([
  [{ act: 'stopped', source: 'microphone', lasting: false }, 'Ana muted you'],
  [
    { act: 'stopped', source: 'microphone', lasting: true },
    'Ana muted you; you cannot unmute until they let you',
  ],
  [{ act: 'asked', device: 'microphone' }, 'Ana asks you to unmute'],
  [{ act: 'renamed', name: 'Ben', reason: 'Be yourself' }, 'Ana renamed you to Ben: Be yourself'],
  [{ act: 'roleGiven', role: 'moderator' }, 'You are now a moderator: Ana gave you this role'],
  [{ act: 'withdrawn', capability: 'chat' }, 'Ana no longer lets you write in the chat'],
])('says who moderated this person: %o', async (note, words) => {
  here.fake.server.notify('moderation.noted', { ...note, by: 'Ana' } as never)
  await vi.waitFor(() => expect(state().ui.notice?.text).toBe(words))
})

test('what one act does is said together, and so is what was missed', async () => {
  const by = 'Ana'
  here.fake.server.notify('moderation.noted', { act: 'stopped', by, source: 'screen', lasting: false })
  here.fake.server.notify('moderation.noted', { act: 'withdrawn', by, capability: 'chat' })
  await vi.waitFor(() =>
    expect(state().ui.notice?.text).toBe(
      'Ana stopped your screen share. Ana no longer lets you write in the chat',
    ),
  )
  const fake = createFakeSession()
  const missed = [{ act: 'asked', by, device: 'camera' } as const]
  const { snapshot } = buildJoinReply()
  fake.server.joinReply = buildJoinReply({
    snapshot: { features: { ...snapshot.features, moderation: { missed, stopped: [] } } },
  })
  const store = createAppStore()
  connectRoomToStore(await fake.join(), store.dispatch)
  await vi.waitFor(() =>
    expect(store.getState().ui.notice).toMatchObject({
      text: 'Ana asks you to turn on your camera',
      offer: 'camera',
    }),
  )
})

test('what others do not get is said, unless a moderator wants it so', () => {
  here.room.emit('trackPublishFailed', 'screen', new SignalingError('forbidden', 'No.'))
  expect(state().ui.notice).toBeNull()
  here.room.emit('trackPublishFailed', 'screen', new SignalingError('internal', 'Oh.'))
  expect(state().ui.notice?.text).toMatch(/cannot see or hear this of you/)
})

import type { ParticipantId, RaisedHand } from '@video-meet/protocol'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Room } from '../room.ts'
import { FakeRefusal, buildFeatures, buildJoinReply, buildParticipant } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'

const ana = buildParticipant({ name: 'Ana' })
const ben = buildParticipant({ name: 'Ben' })
const hand = ({ id }: { id: ParticipantId }): RaisedHand => ({
  participantId: id,
  raisedAt: '2026-03-04T05:06:07.089Z',
})

let fake: FakeSession
let room: Room
let raised: ParticipantId[]

beforeEach(async () => {
  fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({
    others: [ana, ben],
    snapshot: { features: buildFeatures({ hands: { raised: [hand(ana)] } }) },
  })
  room = await fake.join()
  raised = []
  room.features.hands.events.on('raised', (id) => raised.push(id))
})

const up = () => room.features.hands.state.get().raised.map(({ participantId }) => participantId)

it('begins with the hands that are up', () => {
  expect(room.features.hands.state.get().raised).toEqual([hand(ana)])
})

it('follows the hands in order, and tells of those that went up', async () => {
  fake.server.notify('hands.changed', { raised: [hand(ana), hand(ben)] })
  await vi.waitFor(() => expect(up()).toEqual([ana.id, ben.id]))
  expect(raised).toEqual([ben.id])
  fake.server.notify('hands.changed', { raised: [hand(ben)] })
  await vi.waitFor(() => expect(up()).toEqual([ben.id]))
  fake.server.notify('hands.changed', { raised: [hand(ben), hand(ana)] })
  await vi.waitFor(() => expect(up()).toEqual([ben.id, ana.id]))
  expect(raised).toEqual([ben.id, ana.id])
})

it('takes over what happened during a lost connection', async () => {
  const { joinReply } = fake.server
  fake.server.joinReply = {
    ...joinReply,
    snapshot: { ...joinReply.snapshot, features: buildFeatures({ hands: { raised: [hand(ben)] } }) },
  }
  fake.server.channel.drop()
  await vi.waitFor(() => expect(up()).toEqual([ben.id]))
})

it('asks the server, and changes nothing by itself', async () => {
  const { hands } = room.features
  await hands.raise()
  await hands.lower()
  await hands.lowerOf(ana.id)
  await hands.lowerAll()
  expect(fake.server.channel.sent.slice(1).map(({ name, input }) => [name, input])).toEqual([
    ['hands.raise', {}],
    ['hands.lower', {}],
    ['hands.lowerOf', { participantId: ana.id }],
    ['hands.lowerAll', {}],
  ])
  expect(up()).toEqual([ana.id])
})

it('rejects what the server refuses', async () => {
  fake.server.answer('hands.raise', () => {
    throw new FakeRefusal('forbidden')
  })
  await expect(room.features.hands.raise()).rejects.toMatchObject({ code: 'forbidden' })
})

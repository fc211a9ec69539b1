import type { CommonLayout } from '@video-meet/protocol'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Room } from '../room.ts'
import { FakeRefusal, buildFeatures, buildJoinReply, buildParticipant } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'

const ana = buildParticipant({ name: 'Ana' })
const LED: CommonLayout = {
  spotlight: null,
  led: { by: ana.id, layout: { mode: 'speaker', pinned: null } },
}

let fake: FakeSession
let room: Room

beforeEach(async () => {
  fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({
    others: [ana],
    snapshot: { features: buildFeatures({ layout: LED }) },
  })
  room = await fake.join()
})

const common = () => room.features.layout.state.get()

it('begins with what moderators arranged before', () => {
  expect(common()).toEqual(LED)
})

it('follows what they arrange', async () => {
  fake.server.notify('layout.changed', { spotlight: ana.id, led: null })
  await vi.waitFor(() => expect(common()).toEqual({ spotlight: ana.id, led: null }))
})

it('takes over what they arranged during a lost connection', async () => {
  const { joinReply } = fake.server
  fake.server.joinReply = { ...joinReply, snapshot: { ...joinReply.snapshot, features: buildFeatures() } }
  fake.server.channel.drop()
  await vi.waitFor(() => expect(common()).toEqual({ spotlight: null, led: null }))
})

it('asks the server, which may refuse', async () => {
  const { layout } = room.features
  const arrangement = { mode: 'grid', pinned: ana.id } as const
  await layout.spotlight(ana.id)
  await layout.spotlight(null)
  await layout.lead(arrangement)
  await layout.lead(null)
  expect(fake.server.inputsOf('layout.spotlight')).toEqual([
    { participantId: ana.id },
    { participantId: null },
  ])
  expect(fake.server.inputsOf('layout.lead')).toEqual([{ layout: arrangement }, { layout: null }])
  expect(common()).toEqual(LED)
  fake.server.answer('layout.lead', () => {
    throw new FakeRefusal('forbidden')
  })
  await expect(layout.lead(null)).rejects.toMatchObject({ code: 'forbidden' })
})

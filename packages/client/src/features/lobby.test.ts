import { WaitingId, type WaitingPerson } from '@video-meet/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../room.ts'
import { FakeRefusal, buildFeatures, buildJoinReply } from '../testing/fake-server.ts'
import { type FakeSession, createFakeSession } from '../testing/fake-session.ts'

function person(name: string, change: Partial<WaitingPerson> = {}): WaitingPerson {
  return {
    id: WaitingId.parse(crypto.randomUUID()),
    name,
    hasAccount: false,
    since: '2026-03-04T05:06:07.089Z',
    wasRemoved: false,
    passwordUnchecked: false,
    reminders: 0,
    ...change,
  }
}

const ana = person('Ana')
const ben = person('Ben')

let fake: FakeSession
let room: Room
let knocked: string[]

beforeEach(async () => {
  fake = createFakeSession()
  fake.server.joinReply = buildJoinReply({
    snapshot: { features: buildFeatures({ lobby: { waiting: [ana] } }) },
  })
  room = await fake.join()
  knocked = []
  room.features.lobby.events.on('knocked', ({ name }) => knocked.push(name))
})

const waiting = () => room.features.lobby.state.get().waiting
async function change(...people: WaitingPerson[]): Promise<void> {
  fake.server.notify('lobby.changed', { waiting: people })
  await vi.waitFor(() => expect(waiting()).toEqual(people))
}

describe('the list of those who wait', () => {
  it('begins with those who waited before', () => {
    expect(waiting()).toEqual([ana])
  })

  it('tells of newcomers, and of those who ask again, but of nothing else', async () => {
    await change(ana, ben)
    expect(knocked).toEqual(['Ben'])
    await change({ ...ana, name: 'Anna' }, ben)
    await change(ben)
    expect(knocked).toEqual(['Ben'])
    await change({ ...ben, reminders: 1 })
    expect(knocked).toEqual(['Ben', 'Ben'])
    await change()
    await change(ana)
    expect(knocked).toEqual(['Ben', 'Ben', 'Ana'])
  })

  it('takes over what happened during a lost connection, and tells of who is new', async () => {
    const { joinReply } = fake.server
    fake.server.joinReply = {
      ...joinReply,
      snapshot: { ...joinReply.snapshot, features: buildFeatures({ lobby: { waiting: [ana, ben] } }) },
    }
    fake.server.channel.drop()
    await vi.waitFor(() => expect(waiting()).toEqual([ana, ben]))
    expect(knocked).toEqual(['Ben'])
  })
})

it('asks the server to admit, to deny and to write, and waits for its list', async () => {
  const { lobby } = room.features
  await lobby.admit([ana.id])
  await lobby.deny([ana.id, ben.id])
  await lobby.message([ana.id], 'Two minutes')
  expect(fake.server.channel.sent.slice(1).map(({ name, input }) => [name, input])).toEqual([
    ['lobby.admit', { ids: [ana.id] }],
    ['lobby.deny', { ids: [ana.id, ben.id] }],
    ['lobby.message', { ids: [ana.id], text: 'Two minutes' }],
  ])
  expect(waiting()).toEqual([ana])
})

it('rejects what the server refuses', async () => {
  fake.server.answer('lobby.admit', () => {
    throw new FakeRefusal('forbidden')
  })
  await expect(room.features.lobby.admit([ana.id])).rejects.toMatchObject({ code: 'forbidden' })
})

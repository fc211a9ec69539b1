import type { TopologyState } from '@video-meet/protocol'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Room } from './room.ts'
import { type FakeSession, createFakeSession } from './testing/fake-session.ts'

let fake: FakeSession
let room: Room
let told: string[]

beforeEach(async () => {
  fake = createFakeSession()
  room = await fake.join()
  told = []
  room.on('topologyChanged', (now, before) => {
    const shown = room.topology.get() === now
    told.push(`${before.mode} to ${now.mode}, ${now.reason}${shown ? '' : ', not shown yet'}`)
  })
})

const change = (state: Partial<TopologyState>) =>
  fake.server.notify('topology.changed', {
    epoch: 1,
    mode: 'direct',
    reason: 'few_people',
    settled: false,
    ...state,
  })

it('tells when media goes another way, once and after the store shows it', async () => {
  change({})
  change({ settled: true })
  change({ mode: 'mesh', settled: true })
  change({ mode: 'sfu', reason: 'many_people', epoch: 2 })
  change({ mode: 'sfu', reason: 'link_failed', epoch: 2 })
  await vi.waitFor(() => expect(room.topology.get().reason).toBe('link_failed'))
  expect(told).toEqual([
    'sfu to direct, few_people',
    'direct to mesh, few_people',
    'mesh to sfu, many_people',
  ])
})

it('tells it too when it happened while the connection was lost', async () => {
  const { joinReply } = fake.server
  const { topology } = joinReply.snapshot
  fake.server.joinReply = {
    ...joinReply,
    snapshot: { ...joinReply.snapshot, topology: { ...topology, mode: 'direct', reason: 'few_people' } },
  }
  fake.server.channel.drop()
  await vi.waitFor(() => expect(told).toEqual(['sfu to direct, few_people']))
})

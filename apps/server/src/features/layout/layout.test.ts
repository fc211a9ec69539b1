import type { CommonLayout } from '@video-meet/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FeatureRoom, openFeatureRoom } from '../../../test/lib/feature-room.ts'
import type { Peer } from '../../room/peer.ts'
import { layout } from './layout.ts'

let room: FeatureRoom
let feature: ReturnType<typeof layout.create>
let mia: Peer
let ana: Peer
let ben: Peer

beforeEach(() => {
  room = openFeatureRoom()
  feature = layout.create(room.context)
  mia = room.enter('Mia', 'moderator')
  ana = room.enter('Ana')
  ben = room.enter('Ben')
})

const spotlight = (subject: Peer | null, by = mia) =>
  feature.handlers['layout.spotlight'](by, { participantId: subject?.id ?? null })
const lead = (led: NonNullable<CommonLayout['led']>['layout'] | null, by = mia) =>
  feature.handlers['layout.lead'](by, { layout: led })
const now = () => feature.snapshot(ben)
const seenBy = (peer: Peer) =>
  room
    .toldTo(peer)
    .filter(({ name }) => name === 'layout.changed')
    .map(({ payload }) => payload)

describe('the spotlight', () => {
  it('is on nobody at first', () => {
    expect(now()).toEqual({ spotlight: null, led: null })
  })

  it('shows one person large to everyone, until it is put on somebody else or out', async () => {
    await spotlight(ana)
    await spotlight(ben)
    expect(now()).toEqual({ spotlight: ben.id, led: null })
    await spotlight(null)
    expect(seenBy(ana)).toEqual([
      { spotlight: ana.id, led: null },
      { spotlight: ben.id, led: null },
      { spotlight: null, led: null },
    ])
    expect(room.acts.map(({ action, actor, subject }) => [action, actor.name, subject?.name])).toEqual([
      ['call.spotlighted', 'Mia', 'Ana'],
      ['call.spotlighted', 'Mia', 'Ben'],
      ['call.spotlight_ended', 'Mia', undefined],
    ])
  })

  it('goes out when the person leaves, and stays when another does', async () => {
    await spotlight(ana)
    room.leave(ben)
    expect(now().spotlight).toBe(ana.id)
    room.leave(ana)
    expect(now().spotlight).toBeNull()
    expect(seenBy(mia)).toHaveLength(2)
  })
})

describe('a layout that everyone follows', () => {
  it('is that of whoever led last, until it is ended', async () => {
    const max = room.enter('Max', 'moderator')
    await lead({ mode: 'grid', pinned: null })
    await lead({ mode: 'speaker', pinned: ana.id }, max)
    expect(now().led).toEqual({ by: max.id, layout: { mode: 'speaker', pinned: ana.id } })
    await lead(null)
    await lead(null)
    expect(now().led).toBeNull()
    expect(seenBy(ben)).toHaveLength(3)
  })

  it('goes on record with its beginning and its end, not with each change', async () => {
    const max = room.enter('Max', 'moderator')
    await lead({ mode: 'grid', pinned: null })
    await lead({ mode: 'speaker', pinned: null })
    await lead({ mode: 'grid', pinned: null }, max)
    await lead(null)
    await lead(null)
    expect(room.acts.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['call.layout_led', 'Mia'],
      ['call.layout_led', 'Max'],
      ['call.layout_released', 'Mia'],
    ])
  })

  it('goes on beside the spotlight', async () => {
    await lead({ mode: 'speaker', pinned: null })
    await spotlight(ana)
    expect(now()).toEqual({
      spotlight: ana.id,
      led: { by: mia.id, layout: { mode: 'speaker', pinned: null } },
    })
  })

  it('ends when who leads leaves', async () => {
    await lead({ mode: 'grid', pinned: null })
    room.leave(mia)
    expect(now().led).toBeNull()
    expect(seenBy(ana).at(-1)).toEqual({ spotlight: null, led: null })
  })

  it('ends when who leads may moderate no longer, and not before', async () => {
    await lead({ mode: 'grid', pinned: null })
    room.change(mia)
    room.change(ana)
    expect(now().led?.by).toBe(mia.id)
    room.context.call.decide(mia.person.key, { role: 'participant' })
    room.change(mia)
    expect(now().led).toBeNull()
  })

  it('goes on without the pin when who is pinned leaves', async () => {
    await lead({ mode: 'speaker', pinned: ana.id })
    room.leave(ana)
    expect(now().led).toEqual({ by: mia.id, layout: { mode: 'speaker', pinned: null } })
  })
})

it('hears nothing any more when it is closed', async () => {
  await spotlight(ana)
  feature.close()
  room.leave(ana)
  expect(seenBy(mia)).toHaveLength(1)
})

import type { ParticipantId } from '@video-meet/protocol'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type FeatureRoom, openFeatureRoom } from '../../../test/lib/feature-room.ts'
import type { Peer } from '../../room/peer.ts'
import { hands } from './hands.ts'

let room: FeatureRoom
let feature: ReturnType<typeof hands.create>
let mia: Peer
let ana: Peer
let ben: Peer

beforeEach(() => {
  room = openFeatureRoom()
  feature = hands.create(room.context)
  mia = room.enter('Mia', 'moderator')
  ana = room.enter('Ana')
  ben = room.enter('Ben')
})

const up = (viewer = mia) => feature.snapshot(viewer).raised.map(({ participantId }) => participantId)
const raise = (...people: Peer[]) => {
  for (const person of people) void feature.handlers['hands.raise'](person, {})
}
/** The hands that somebody saw go up and down, one list for each change. */
const seenBy = (peer: Peer) =>
  room
    .toldTo(peer)
    .filter(({ name }) => name === 'hands.changed')
    .map(({ payload }) =>
      (payload as { raised: { participantId: ParticipantId }[] }).raised.map(
        ({ participantId }) => participantId,
      ),
    )
const notesOf = (peer: Peer) =>
  room
    .toldTo(peer)
    .filter(({ name }) => name === 'moderation.noted')
    .map(({ payload }) => payload)

describe('a raised hand', () => {
  it('stands in line behind those raised before, for everyone to see', () => {
    raise(ben, ana)
    expect(up()).toEqual([ben.id, ana.id])
    expect(seenBy(mia)).toEqual([[ben.id], [ben.id, ana.id]])
    expect(seenBy(ana)).toEqual(seenBy(mia))
  })

  it('says when it went up, and keeps its place when it is raised again', () => {
    vi.useFakeTimers({ now: new Date('2026-03-04T05:06:07.089Z') })
    raise(ben)
    vi.advanceTimersByTime(5000)
    raise(ana, ben)
    vi.useRealTimers()
    expect(feature.snapshot(mia).raised).toEqual([
      { participantId: ben.id, raisedAt: '2026-03-04T05:06:07.089Z' },
      { participantId: ana.id, raisedAt: '2026-03-04T05:06:12.089Z' },
    ])
    expect(seenBy(mia)).toHaveLength(2)
  })

  it('goes down when its owner lowers it; one that is down tells nobody', async () => {
    raise(ana, ben)
    await feature.handlers['hands.lower'](ana, {})
    await feature.handlers['hands.lower'](ana, {})
    expect(up()).toEqual([ben.id])
    expect(seenBy(mia)).toHaveLength(3)
    expect(room.acts).toEqual([])
  })

  it('goes down when its owner leaves, or may raise none any more', () => {
    raise(ana, ben)
    room.leave(ana)
    expect(up()).toEqual([ben.id])
    room.change(ben)
    expect(up()).toEqual([ben.id])
    room.context.call.decide(ben.person.key, { role: 'observer' })
    room.change(ben)
    expect(up()).toEqual([])
    expect(seenBy(mia).slice(2)).toEqual([[ben.id], []])
  })
})

describe('a moderator', () => {
  it('lowers a hand, whose owner is told by whom; it goes on record', async () => {
    raise(ana, ben)
    await feature.handlers['hands.lowerOf'](mia, { participantId: ana.id })
    expect(up()).toEqual([ben.id])
    expect(notesOf(ana)).toEqual([{ act: 'handLowered', by: 'Mia' }])
    expect(notesOf(ben)).toEqual([])
    expect(room.acts).toEqual([
      { action: 'call.hand_lowered', actor: mia, subject: { id: ana.id, name: 'Ana' } },
    ])
  })

  it('does nothing to a hand that is down', async () => {
    await feature.handlers['hands.lowerOf'](mia, { participantId: ana.id })
    await feature.handlers['hands.lowerAll'](mia, {})
    expect([seenBy(ana), notesOf(ana), room.acts]).toEqual([[], [], []])
  })

  it('lowers all hands at once, and is not told of what they do to their own', async () => {
    raise(ana, mia, ben)
    await feature.handlers['hands.lowerAll'](mia, {})
    expect(up()).toEqual([])
    expect(seenBy(ana).slice(3)).toEqual([[]])
    for (const person of [ana, ben]) expect(notesOf(person)).toEqual([{ act: 'handLowered', by: 'Mia' }])
    expect(notesOf(mia)).toEqual([])
    expect(room.acts).toEqual([{ action: 'call.hands_lowered', actor: mia }])
  })

  it('is not told of their own hand that they lower like one of the others', async () => {
    raise(mia)
    await feature.handlers['hands.lowerOf'](mia, { participantId: mia.id })
    expect([up(), notesOf(mia)]).toEqual([[], []])
  })
})

it('hears nothing any more when it is closed', () => {
  raise(ana)
  feature.close()
  const before = seenBy(mia).length
  room.leave(ana)
  expect(seenBy(mia)).toHaveLength(before)
})

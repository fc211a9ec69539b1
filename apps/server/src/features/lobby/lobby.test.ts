import { randomUUID } from 'node:crypto'
import { MeetingId, type WaitingPerson } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FeatureRoom, openFeatureRoom } from '../../../test/lib/feature-room.ts'
import { createLine, createVisitor, type LineToWaiting } from '../../../test/lib/waiting-line.ts'
import type { Peer } from '../../room/peer.ts'
import { WaitingRooms } from '../../room/waiting-rooms.ts'
import { createLobby } from './lobby.ts'

let room: FeatureRoom
let waitingRooms: WaitingRooms
let feature: ReturnType<ReturnType<typeof createLobby>['create']>
let mia: Peer
let ana: Peer

beforeEach(() => {
  vi.useFakeTimers()
  room = openFeatureRoom()
  room.context.call.change({ waitingRoom: 'everyone' })
  waitingRooms = new WaitingRooms()
  feature = createLobby(waitingRooms).create(room.context)
  mia = room.enter('Mia', 'moderator')
  ana = room.enter('Ana')
})

afterEach(() => vi.useRealTimers())

/** Somebody comes, a while after the one before. */
function knock(name: string, meetingId = room.context.meeting.id): LineToWaiting {
  const line = createLine(waitingRooms)
  vi.advanceTimersByTime(1000)
  waitingRooms.add(createVisitor({ meetingId }), { connection: line, address: '203.0.113.7', name })
  return line
}
const listOf = (waiting: readonly Pick<WaitingPerson, 'name'>[]) => waiting.map(({ name }) => name)
/** The lists that somebody in the call was sent, as names. */
const seenBy = (peer: Peer) =>
  room
    .toldTo(peer)
    .filter(({ name }) => name === 'lobby.changed')
    .map(({ payload }) => listOf((payload as { waiting: WaitingPerson[] }).waiting))
const ids = (...names: string[]) =>
  feature
    .snapshot(mia)
    .waiting.filter(({ name }) => names.includes(name))
    .map(({ id }) => id) as WaitingPerson['id'][]
const recorded = () =>
  room.acts.map(({ action, actor, subject }) => [action, actor.name, subject?.name, subject?.id])

describe('the list of those who wait', () => {
  it('goes to those who may let in, and to nobody else', () => {
    knock('Gus')
    knock('Gil')
    expect(seenBy(mia)).toEqual([['Gus'], ['Gus', 'Gil']])
    expect(seenBy(ana)).toEqual([])
    expect(listOf(feature.snapshot(mia).waiting)).toEqual(['Gus', 'Gil'])
    expect(feature.snapshot(ana).waiting).toEqual([])
  })

  it('comes at most four times a second, however much those who wait say, and then complete', () => {
    const gus = knock('Gus')
    for (let n = 1; n <= 100; n++) waitingRooms.rename(gus, `Gus ${n}`)
    expect(seenBy(mia)).toEqual([['Gus']])
    vi.advanceTimersByTime(249)
    expect(seenBy(mia)).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(seenBy(mia)).toEqual([['Gus'], ['Gus 100']])
    vi.advanceTimersByTime(10_000)
    expect(seenBy(mia)).toHaveLength(2)
    waitingRooms.rename(gus, 'Gustav')
    expect(seenBy(mia)).toHaveLength(3)
  })

  it('says nothing of other meetings', () => {
    knock('Gus', MeetingId.parse(randomUUID()))
    expect(seenBy(mia)).toEqual([])
    expect(feature.snapshot(mia).waiting).toEqual([])
  })

  it('goes to somebody who may let in from now on, and is emptied for who may no longer', () => {
    knock('Gus')
    room.context.call.decide(ana.person.key, { grants: { admit: true } })
    room.change(ana)
    expect(seenBy(ana)).toEqual([['Gus']])
    room.context.call.decide(mia.person.key, { role: 'guest' })
    room.change(mia)
    expect(seenBy(mia).at(-1)).toEqual([])
    knock('Gil')
    expect(seenBy(mia).at(-1)).toEqual([])
    expect(seenBy(ana).at(-1)).toEqual(['Gus', 'Gil'])
  })
})

describe('who may let in', () => {
  it('admits whom they name; each goes on record', async () => {
    const [gus, gil] = [knock('Gus'), knock('Gil')]
    knock('Gal')
    await feature.handlers['lobby.admit'](mia, { ids: ids('Gus', 'Gil') })
    for (const { told } of [gus, gil])
      expect(told.slice(-2)).toEqual([['waiting.admitted', { ticket: expect.any(String) }], ['closed']])
    expect(seenBy(mia).at(-1)).toEqual(['Gal'])
    const { id } = room.context.meeting
    expect(recorded()).toEqual([
      ['call.admitted', 'Mia', 'Gus', id],
      ['call.admitted', 'Mia', 'Gil', id],
    ])
  })

  it('passes over those who are gone', async () => {
    const gus = knock('Gus')
    const gone = ids('Gus')
    waitingRooms.gone(gus, { mayReturn: false })
    await feature.handlers['lobby.admit'](mia, { ids: gone })
    await feature.handlers['lobby.deny'](mia, { ids: gone })
    await feature.handlers['lobby.message'](mia, { ids: gone, text: 'Hello' })
    expect([gus.told, recorded()]).toEqual([[], []])
  })

  it('turns away whom they name; it goes on record', async () => {
    const gus = knock('Gus')
    await feature.handlers['lobby.deny'](mia, { ids: ids('Gus') })
    expect(gus.told).toEqual([['waiting.denied', { reason: 'denied' }], ['closed']])
    expect(recorded()).toEqual([['call.denied', 'Mia', 'Gus', room.context.meeting.id]])
  })

  it('writes to whom they name', async () => {
    const [gus, gil] = [knock('Gus'), knock('Gil')]
    await feature.handlers['lobby.message'](mia, { ids: ids('Gil'), text: 'Two minutes' })
    expect(gil.told).toEqual([['waiting.messageReceived', { text: 'Two minutes' }]])
    expect(gus.told).toEqual([])
  })
})

describe('the waiting room of a call', () => {
  it('lets everyone in when it is switched off', () => {
    const gus = knock('Gus')
    room.context.call.change({ waitingRoom: 'guests' })
    expect(gus.told).toEqual([])
    room.context.call.change({ waitingRoom: 'nobody' })
    expect(gus.told[0]?.[0]).toBe('waiting.admitted')
    expect(seenBy(mia).at(-1)).toEqual([])
  })

  it('is left alone by a room that is closed', () => {
    const gus = knock('Gus')
    waitingRooms.rename(gus, 'Gustav')
    feature.close()
    vi.advanceTimersByTime(1000)
    room.context.call.change({ waitingRoom: 'nobody' })
    knock('Gil')
    room.change(mia)
    expect(gus.told).toEqual([])
    expect(seenBy(mia)).toEqual([['Gus']])
  })
})

import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, type RoomRole } from '@video-meet/protocol'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMember } from '../../test/lib/room-context.ts'
import { Connection } from '../signaling/connection.ts'
import { ActingHost } from './acting-host.ts'
import { CallState, type StoredCall } from './call-state.ts'
import type { Peer } from './peer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const AWAY_MS = 60_000

/** A call in which people come and go; `changed` names of whom it was told that they are something else now. */
function openCall(stored: StoredCall | null = null) {
  const call = new CallState(DEFAULT_POLICY, stored)
  const peers: Peer[] = []
  const changed: string[] = []
  const acting = new ActingHost({
    call,
    peers: () => [...peers],
    awayMs: AWAY_MS,
    onChange: ({ name, role }) => changed.push(`${name} is ${role}`),
  })
  const connect = (peer: Peer) => {
    const connection = new Connection(randomUUID(), { address: '', send: () => {}, close: () => {} })
    peer.attach(connection, { serial: 1, lost: () => {} })
    acting.look()
  }
  const enter = (name: string, role: RoomRole): Peer => {
    vi.advanceTimersByTime(1000)
    const peer = createMember(call, { name, role })
    peers.push(peer)
    connect(peer)
    return peer
  }
  const lose = (peer: Peer) => {
    peer.detach(120_000, () => {})
    acting.look()
  }
  const leave = (peer: Peer) => {
    peers.splice(peers.indexOf(peer), 1)
    peer.close()
    acting.look()
  }
  return { call, changed, acting, connect, enter, lose, leave }
}

it('lets the moderator who has been there longest act as host, a minute after the host left', () => {
  const { enter, leave, changed } = openCall()
  enter('Pia', 'participant')
  const host = enter('Hal', 'host')
  const first = enter('Mia', 'moderator')
  enter('Max', 'moderator')
  leave(host)
  vi.advanceTimersByTime(AWAY_MS - 1)
  expect(changed).toEqual([])
  vi.advanceTimersByTime(1)
  expect(changed).toEqual(['Mia is host'])
  expect([first.role, first.ownRole]).toEqual(['host', 'moderator'])
  expect(first.may('end')).toBe(true)
})

it('counts from when the host was lost, whoever comes and goes meanwhile', () => {
  const { enter, lose, changed } = openCall()
  lose(enter('Hal', 'host'))
  enter('Mia', 'moderator')
  enter('Pia', 'participant')
  vi.advanceTimersByTime(AWAY_MS - 2000)
  expect(changed).toEqual(['Mia is host'])
})

it('waits for a host who is back in time', () => {
  const { enter, lose, connect, changed } = openCall()
  const host = enter('Hal', 'host')
  enter('Mia', 'moderator')
  lose(host)
  vi.advanceTimersByTime(AWAY_MS - 1)
  connect(host)
  vi.advanceTimersByTime(AWAY_MS * 2)
  expect(changed).toEqual([])
})

it('ends when the host is back, and begins again after another minute without them', () => {
  const { enter, lose, connect, changed } = openCall()
  const host = enter('Hal', 'host')
  enter('Mia', 'moderator')
  lose(host)
  vi.advanceTimersByTime(AWAY_MS)
  connect(host)
  lose(host)
  expect(changed).toEqual(['Mia is host', 'Mia is moderator'])
  vi.advanceTimersByTime(AWAY_MS)
  expect(changed.slice(2)).toEqual(['Mia is host'])
})

it.each(['leave', 'lose'] as const)('goes to the next moderator at once when they %s it', (way) => {
  const call = openCall()
  const host = call.enter('Hal', 'host')
  const first = call.enter('Mia', 'moderator')
  const second = call.enter('Max', 'moderator')
  call.leave(host)
  vi.advanceTimersByTime(AWAY_MS)
  call[way](first)
  expect(call.changed.at(-1)).toBe('Max is host')
  expect([first.actsAsHost, second.actsAsHost]).toEqual([false, true])
})

it('tells nothing of somebody who is gone', () => {
  const { enter, leave, changed } = openCall()
  const host = enter('Hal', 'host')
  const first = enter('Mia', 'moderator')
  leave(host)
  vi.advanceTimersByTime(AWAY_MS)
  leave(first)
  expect(changed).toEqual(['Mia is host'])
})

it('goes on to the next one when who acts is a moderator no longer', () => {
  const { enter, leave, changed, call, acting } = openCall()
  const host = enter('Hal', 'host')
  const first = enter('Mia', 'moderator')
  enter('Max', 'moderator')
  leave(host)
  vi.advanceTimersByTime(AWAY_MS)
  call.decide(first.person.key, { role: 'participant' })
  acting.look()
  expect(changed).toEqual(['Mia is host', 'Mia is participant', 'Max is host'])
})

it('makes nobody a host who is no moderator, or whose connection is lost', () => {
  const { enter, leave, lose, changed } = openCall()
  const host = enter('Hal', 'host')
  lose(enter('Mia', 'moderator'))
  enter('Pia', 'presenter')
  leave(host)
  vi.advanceTimersByTime(AWAY_MS * 3)
  expect(changed).toEqual([])
})

it('counts a host whom the process before knew, and who did not come back to this one', () => {
  const before = openCall()
  before.enter('Hal', 'host')
  const { enter, changed } = openCall(before.call.stored())
  enter('Mia', 'moderator')
  vi.advanceTimersByTime(AWAY_MS)
  expect(changed).toEqual(['Mia is host'])
})

it('leaves a call alone in which no host ever was', () => {
  const { enter, leave, changed } = openCall()
  enter('Mia', 'moderator')
  leave(enter('Pia', 'participant'))
  vi.advanceTimersByTime(AWAY_MS * 10)
  expect(changed).toEqual([])
})

it('does nothing any more when it is closed', () => {
  const { enter, leave, changed, acting } = openCall()
  const host = enter('Hal', 'host')
  enter('Mia', 'moderator')
  leave(host)
  acting.close()
  vi.advanceTimersByTime(AWAY_MS)
  expect(changed).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { InvitationId, type RoomRole } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import type { Person } from './admission.ts'
import { assertSeatFree, type SeatLimits, seatsOfNetwork } from './seat-limits.ts'

const LIMITS: SeatLimits = { maxParticipants: 20, seatsPerNetwork: 5, seatsPerNetworkTotal: 8 }
const HERE = '203.0.113.7'
const ELSEWHERE = '198.51.100.1'

const somebody = (role: RoomRole = 'guest', isInvited = false): Person => ({
  key: randomUUID(),
  userId: null,
  sessionId: null,
  role,
  avatar: null,
  ...(isInvited && { invitationId: InvitationId.parse(randomUUID()) }),
})
const seats = (count: number, address = ELSEWHERE, person = () => somebody()) =>
  Array.from({ length: count }, () => ({ person: person(), address }))
const take = (taken: ReturnType<typeof seats>, person = somebody(), takenByNetwork = 0) =>
  assertSeatFree({ person, network: HERE, taken, takenByNetwork }, LIMITS)
const refused = (code: string) => expect.objectContaining({ code }) as unknown

describe('assertSeatFree', () => {
  it('keeps a tenth of the seats for invited people and the host', () => {
    take(seats(17))
    expect(() => take(seats(18))).toThrow(refused('room_full'))
    take(seats(19), somebody('participant', true))
    expect(() => take(seats(20), somebody('participant', true))).toThrow(refused('room_full'))
  })

  it.each(['host', 'moderator'] as const)('lets a %s into a full meeting, within bounds', (role) => {
    take(seats(39), somebody(role))
    expect(() => take(seats(40), somebody(role))).toThrow(refused('room_full'))
  })

  it('bounds the seats of one network in a meeting', () => {
    take([...seats(4, HERE), ...seats(5)])
    expect(() => take(seats(5, HERE))).toThrow(refused('too_many_from_network'))
  })

  it('bounds the seats of one network in all meetings', () => {
    take([], somebody(), 7)
    expect(() => take([], somebody(), 8)).toThrow(refused('too_many_from_network'))
  })

  it('counts neither invited people nor those who hold the meeting against their network', () => {
    const expected = [
      ...seats(5, HERE, () => somebody('participant', true)),
      ...seats(2, HERE, () => somebody('host')),
    ]
    expect(seatsOfNetwork(expected, HERE)).toBe(0)
    take(expected)
    for (const person of [somebody('host'), somebody('moderator'), somebody('observer', true)])
      take(seats(5, HERE), person, 8)
  })
})

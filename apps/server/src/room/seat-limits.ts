import { AppError } from '../platform/errors.ts'
import type { Person } from './admission.ts'

/** How many people get a seat. */
export interface SeatLimits {
  readonly maxParticipants: number
  /** Seats of a meeting in one network (IPv4 address, IPv6 /64). */
  readonly seatsPerNetwork: number
  /** Seats of all meetings together in one network. */
  readonly seatsPerNetworkTotal: number
}

/** The person who is about to take a seat, and the seats that are taken already. */
export interface SeatRequest {
  readonly person: Person
  /** Their network; unknown networks don't count. */
  readonly network: string
  /** Seats of the meeting. */
  readonly taken: readonly Seat[]
  /** Seats that count against the network in all meetings. */
  readonly takenByNetwork: number
}

interface Seat {
  readonly person: Person
  readonly address: string
}

/** Part of the seats that nobody but the host, moderators and invited people get. */
const RESERVED_SHARE = 0.1
/** Hosts and moderators come in when a meeting is full, this many in all: nobody can lock them out. */
const EXTRA_FOR_STAFF = 20

/**
 * Checks that somebody may take a seat. Neither strangers nor one network can fill a meeting for those who hold it or
 * are expected.
 *
 * @throws {AppError} `room_full` or `too_many_from_network`
 */
export function assertSeatFree(request: SeatRequest, limits: SeatLimits): void {
  const { person, taken } = request
  if (taken.length >= seatsFor(person, limits.maxParticipants))
    throw new AppError('room_full', `This meeting is full: ${taken.length} people are in it.`, {
      details: { people: taken.length },
    })
  if (!countsAgainstNetwork(person) || request.network === '') return
  const neighbors = seatsOfNetwork(taken, request.network)
  if (neighbors < limits.seatsPerNetwork && request.takenByNetwork < limits.seatsPerNetworkTotal) return
  throw new AppError(
    'too_many_from_network',
    'Too many people from your network are in meetings on this server. Try again when someone has left.',
    { details: { people: neighbors } },
  )
}

/** How many of the seats count against a network. */
export function seatsOfNetwork(taken: readonly Seat[], network: string): number {
  return taken.filter(({ address, person }) => address === network && countsAgainstNetwork(person)).length
}

/** People who are expected don't: an invitation holds one seat, and hosts and moderators are few. */
function countsAgainstNetwork(person: Person): boolean {
  return !isStaff(person) && person.invitationId === undefined
}

function seatsFor(person: Person, max: number): number {
  if (isStaff(person)) return max + EXTRA_FOR_STAFF
  return person.invitationId === undefined ? max - Math.floor(max * RESERVED_SHARE) : max
}

function isStaff({ role }: Person): boolean {
  return role === 'host' || role === 'moderator'
}

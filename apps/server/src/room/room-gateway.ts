import type { IceServerList, JoinReply, ParsedInput } from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import type { Connection } from '../signaling/connection.ts'
import type { Admission, Door, Person } from './admission.ts'
import type { IssueIceServers } from './ice-servers.ts'
import { invitationInUse, otherHolders } from './invitation-seat.ts'
import type { Peer } from './peer.ts'
import type { ResumeTokens } from './resume-token.ts'
import type { RoomRegistry } from './room-registry.ts'
import type { Place, Room } from './room.ts'

/** A person's place: which room, and which seat in it. */
export interface Seat {
  readonly room: Room
  readonly peer: Peer
}

interface Seating {
  readonly room: Room
  readonly place: Place
  readonly admission: Admission
}

export interface RoomGatewayOptions {
  readonly registry: RoomRegistry
  readonly tokens: ResumeTokens
  readonly door: Pick<Door, 'admit'>
  readonly iceServers: IssueIceServers
}

/** What a client can that does not say. */
const ONLY_THE_SERVER = { canLink: false, isPhone: false }

/** The door between connections and rooms: who comes in, and where they sit. */
export class RoomGateway {
  readonly #options: RoomGatewayOptions
  readonly #seats = new WeakMap<Connection, Seat>()
  readonly #joining = new WeakSet<Connection>()

  constructor(options: RoomGatewayOptions) {
    this.#options = options
  }

  hasJoined(connection: Connection): boolean {
    return this.#seats.has(connection)
  }

  /** @throws AppError `not_joined` when this connection has no seat */
  seatOf(connection: Connection): Seat {
    const seat = this.#seats.get(connection)
    if (!seat || seat.peer.connection !== connection) {
      throw new AppError('not_joined', 'Join the meeting first.')
    }
    seat.peer.confirm()
    return seat
  }

  async join(connection: Connection, input: ParsedInput<'room.join'>): Promise<JoinReply> {
    if (this.#seats.has(connection) || this.#joining.has(connection)) {
      throw new AppError('already_joined', 'You have joined a meeting already.')
    }
    this.#joining.add(connection)
    try {
      return await this.#join(connection, input)
    } finally {
      this.#joining.delete(connection)
    }
  }

  leave(connection: Connection, { mayReturn }: { mayReturn: boolean }): void {
    const { room, peer } = this.seatOf(connection)
    peer.mayReturn = mayReturn
    if (mayReturn) return
    this.#seats.delete(connection)
    room.leave(peer, 'left')
  }

  /** New credentials for somebody who is in the call. */
  iceServersFor(connection: Connection): IceServerList {
    return this.#options.iceServers(this.seatOf(connection).peer.id)
  }

  async #join(connection: Connection, input: ParsedInput<'room.join'>): Promise<JoinReply> {
    const { registry, door } = this.#options
    const admission = await door.admit(input, connection.address)
    const { meeting, person, claim } = admission
    const room = registry.open(meeting)
    const joined = room.keepOpen()
    try {
      const { name, rtpCapabilities, mediaSessionId, client = ONLY_THE_SERVER } = input
      const { address } = connection
      const place = await room.prepare({
        name,
        person,
        rtpCapabilities,
        client,
        claim,
        mediaSessionId,
        address,
      })
      return await this.#seat(connection, { room, place, admission })
    } finally {
      joined()
    }
  }

  /** In one go with the admission, so that of two who come with one invitation at once only one gets in. */
  #freeSeatOfInvitation(room: Room, person: Person, { takesOver }: Admission): void {
    const others = otherHolders(room.peers, person)
    if (others.length === 0) return
    if (!takesOver) throw invitationInUse(false)
    room.dismiss({ reason: 'replaced' }, (peer) => others.includes(peer))
  }

  async #seat(connection: Connection, { room, place, admission }: Seating): Promise<JoinReply> {
    const { peer, media, serial } = place
    try {
      const participantId = peer.id
      const { key } = peer.person
      const resumeToken = await this.#options.tokens.issue(room.meeting.id, { participantId, serial, key })
      await admission.confirm()
      if (connection.closed) throw new AppError('conflict', 'Your connection ended while you were joining.')
      this.#freeSeatOfInvitation(room, place.person, admission)
      const before = room.admit(place, connection)
      this.#seats.set(connection, { room, peer })
      before?.notify('room.ended', { reason: 'replaced' })
      before?.close()
      const { guestToken, startMuted, seated } = admission
      seated()
      return {
        participantId,
        resumeToken,
        guestToken,
        startMuted,
        snapshot: room.snapshot(peer),
        media: media.describe(),
        iceServers: this.#options.iceServers(participantId),
      }
    } catch (error) {
      if (!room.peers.includes(peer)) peer.close()
      throw error
    }
  }
}

import { randomUUID } from 'node:crypto'
import {
  capabilityOf,
  type ClientTraits,
  type EndReason,
  type LeaveReason,
  type MediaSessionId,
  type NotificationName,
  type NotificationPayload,
  type ParticipantId,
  type RoomSnapshot,
  type RtpCapabilities,
  type TrackSource,
} from '@video-meet/protocol'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import type { PeerMedia } from '../sfu/peer-media.ts'
import type { SpeakerLevels } from '../sfu/speaker-observer.ts'
import type { Connection } from '../signaling/connection.ts'
import { ActingHost } from './acting-host.ts'
import type { Person } from './admission.ts'
import { CallState } from './call-state.ts'
import { otherHolders } from './invitation-seat.ts'
import { Peer } from './peer.ts'
import type { ResumeClaim } from './resume-token.ts'
import { RoomCodecs } from './room-codecs.ts'
import {
  featureSnapshots,
  type Member,
  type MemberEvents,
  openFeatures,
  type RoomContext,
  type RoomFeatureInstances,
} from './room-feature.ts'
import { RoomMedia } from './room-media.ts'
import type { RoomMeeting, RoomOptions } from './room-options.ts'
import { RoomTopology } from './room-topology.ts'
import { assertSeatFree } from './seat-limits.ts'

export interface JoinRequest {
  readonly person: Person
  readonly name: string
  readonly rtpCapabilities: RtpCapabilities
  readonly client: ClientTraits
  readonly claim: ResumeClaim | null
  readonly mediaSessionId: MediaSessionId | undefined
  /** Network of the client. */
  readonly address: string
}

/** Where a person will sit when they are let in, with the number of this join. */
export interface Place {
  readonly peer: Peer
  readonly media: PeerMedia
  readonly serial: number
  /** As they are known now; their seat may have been taken when they were somebody else, or in another browser. */
  readonly person: Person
  readonly client: ClientTraits
}

type RoomEvents = MemberEvents & { closed: [] }

/** How a stay ends that somebody else ends. */
export interface Dismissal {
  readonly reason: EndReason
  /** Name of who ends it. */
  readonly by?: string
  readonly note?: string
}

const LEAVE_REASONS: Readonly<Record<EndReason, LeaveReason>> = {
  replaced: 'left',
  meeting_ended: 'left',
  signed_out: 'left',
  removed: 'removed',
  banned: 'removed',
  waiting_room: 'waiting_room',
}

/** The live session of one meeting: who is in it, and what they share. Features own their state; this is their facade. */
export class Room extends Emitter<RoomEvents> {
  readonly meeting: RoomMeeting
  readonly media: RoomMedia
  readonly features: RoomFeatureInstances
  readonly call: CallState
  readonly topology: RoomTopology
  readonly #codecs: RoomCodecs
  readonly #actingHost: ActingHost
  readonly #options: RoomOptions
  readonly #peers = new Map<ParticipantId, Peer>()
  #emptyTimer: NodeJS.Timeout | undefined
  /** People who are about to come in. */
  #joining = 0
  #closed = false

  constructor(options: RoomOptions) {
    super()
    this.#options = options
    this.meeting = options.meeting
    this.call = new CallState(options.meeting.policy, options.meeting.call)
    this.call.on('settingsChanged', () => this.broadcast('room.settingsChanged', this.call.settings))
    this.call.on('changed', () => this.#callChanged())
    this.#actingHost = new ActingHost({
      call: this.call,
      peers: () => this.peers,
      awayMs: options.limits.hostAwayMs,
      onChange: (peer) => this.#refresh(peer),
    })
    this.media = new RoomMedia({
      routers: options.routers,
      log: options.log,
      peers: () => this.#peers.values(),
      onTrack: (peer, track) => {
        this.#fromPeer(peer, 'track.changed', { participantId: peer.id, track })
        this.topology.lookSoon()
      },
      onTrackGone: (peer, source) => {
        this.#fromPeer(peer, 'track.unpublished', { participantId: peer.id, source })
        this.topology.lookSoon()
      },
      onSpeakers: (levels) => this.#tellSpeakers(levels),
      onReplaced: () => this.emit('mediaReplaced'),
    })
    this.topology = new RoomTopology({
      peers: () => this.peers,
      rules: () => ({
        serverOnly: options.limits.serverOnly || this.call.policy.topology === 'sfu',
        meshMax: options.limits.meshMax,
      }),
      onChanged: (state) => {
        this.broadcast('topology.changed', state)
        this.emit('topologyChanged', state)
      },
    })
    this.#codecs = new RoomCodecs({
      peers: () => this.peers,
      preferred: options.limits.preferredCodec,
      onChanged: (state) => this.broadcast('codecs.changed', state),
    })
    this.features = openFeatures(options.features, this.#featureContext())
    this.#closeWhenEmpty()
  }

  get peers(): readonly Peer[] {
    return [...this.#peers.values()]
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Finds a person's seat, the one that they prove to have or a new one, and opens their media. `admit` lets them in. */
  async prepare(request: JoinRequest): Promise<Place> {
    const { claim, name, person, client, address } = request
    const seated = claim ? this.#peers.get(claim.participantId) : undefined
    if (claim && seated?.accepts(claim.serial) && seated.person.key === person.key) {
      const media = await seated.queue.add(() => this.#mediaFor(seated, request))
      return { peer: seated, media, serial: claim.serial + 1, person, client }
    }
    // A claim without a seat is one from before a restart, or whose time ran out: the person is still the same.
    const known = seated ? null : claim
    const id = known?.participantId ?? (randomUUID() as string as ParticipantId)
    const peer = new Peer({ id, name, person, call: this.call })
    this.#assertRoomFor(peer, { person, address })
    const media = await this.#mediaFor(peer, request)
    return { peer, media, serial: (known?.serial ?? 0) + 1, person, client }
  }

  /**
   * Lets a prepared person in. In one go, so that the snapshot that they get misses nothing and repeats nothing.
   *
   * @returns the connection that had the seat until now
   * @throws AppError when the room filled up or closed since, or the person's seat is gone
   */
  admit({ peer, media, serial, person, client }: Place, connection: Connection): Connection | null {
    if (this.#closed || peer.closed)
      throw new AppError('conflict', 'The meeting was closed meanwhile. Try again.')
    if (peer.media !== media)
      throw new AppError('media_unavailable', 'The media server is restarting. Try again.')
    this.#assertRoomFor(peer, { person, address: connection.address })
    const seated = this.#peers.get(peer.id)
    const before = seated?.connection ?? null
    if (seated && seated !== peer) this.leave(seated, 'connection_lost')
    this.#peers.set(peer.id, peer)
    peer.person = person
    peer.client = client
    if (this.call.standingOf(person.key).removed)
      this.call.decide(person.key, { removed: undefined, waits: undefined })
    peer.attach(connection, { serial, lost: () => this.#connectionLost(peer) })
    this.#distinguish(peer)
    if (seated !== peer) this.#joined(peer)
    else if (!before) {
      this.#fromPeer(peer, 'room.participantChanged', { id: peer.id, connection: 'connected' })
      this.emit('lineBack', peer)
      this.emit('changed', peer)
    }
    this.#refresh(peer)
    this.#look()
    return before
  }

  leave(peer: Peer, reason: LeaveReason): void {
    if (this.#peers.get(peer.id) !== peer) return
    this.#peers.delete(peer.id)
    peer.close()
    this.#options.observer?.left(this.meeting.id, peer)
    this.broadcast('room.participantLeft', { id: peer.id, reason })
    this.emit('left', peer)
    this.#look()
    this.#options.log.info({ participantId: peer.id, reason, people: this.#peers.size }, 'participant left')
    this.#closeWhenEmpty()
  }

  /** The room does not close while someone is joining. @returns what ends that, to be called once */
  keepOpen(): () => void {
    this.#joining += 1
    clearTimeout(this.#emptyTimer)
    return () => {
      this.#joining -= 1
      this.#closeWhenEmpty()
    }
  }

  /** The room as `viewer` may see it. */
  snapshot(viewer: Peer): RoomSnapshot {
    const { id, code, title } = this.meeting
    return {
      meeting: { id, code, title },
      participants: this.peers.map((peer) => peer.info()),
      settings: this.call.settings,
      activeSpeaker: this.media.activeSpeaker,
      topology: this.topology.state,
      codecs: this.#codecs.state,
      features: featureSnapshots(this.features, viewer),
    }
  }

  broadcast<N extends NotificationName>(
    name: N,
    payload: NotificationPayload<N>,
    options: { readonly except?: ParticipantId; readonly to?: (member: Member) => boolean } = {},
  ): void {
    const { except, to = () => true } = options
    for (const peer of this.#peers.values()) {
      if (peer.id !== except && to(peer)) peer.notify(name, payload)
    }
  }

  /** @throws {AppError} `not_found` when nobody in the room has this id */
  peer(id: ParticipantId): Peer {
    const peer = this.#peers.get(id)
    if (!peer) throw new AppError('not_found', 'This person is not in the meeting any more.')
    return peer
  }

  /** Ends the stay of everyone whom `isMeant` names. Their media stops first, then they are told. */
  dismiss(how: Dismissal, isMeant: (peer: Peer) => boolean = () => true): void {
    for (const peer of this.peers.filter(isMeant)) {
      const { connection } = peer
      this.leave(peer, LEAVE_REASONS[how.reason])
      connection?.notify('room.ended', how)
      // Whoever ends the call gets the reply to that first.
      setImmediate(() => connection?.close())
    }
  }

  /** @param isOver false when the process ends and the call may go on in the next one */
  close(isOver = true): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#emptyTimer)
    for (const peer of this.#peers.values()) {
      peer.close()
      this.#options.observer?.left(this.meeting.id, peer)
    }
    this.#peers.clear()
    for (const feature of Object.values(this.features)) feature.close()
    this.#actingHost.close()
    this.topology.close()
    this.#codecs.close()
    this.call.close()
    void this.media.close()
    this.#options.observer?.closed(this.meeting.id, isOver)
    this.emit('closed')
    this.removeListeners()
  }

  #joined(peer: Peer): void {
    this.#fromPeer(peer, 'room.participantJoined', peer.info())
    const { observer } = this.#options
    if (this.#peers.size === 1) {
      observer?.opened(this.meeting.id)
      observer?.callChanged(this.meeting.id, this.call.stored())
    }
    observer?.joined(this.meeting.id, peer)
    this.emit('joined', peer)
  }

  /** Seated people keep their seats; others with the same invitation are about to give theirs up. */
  #assertRoomFor(peer: Peer, { person, address: network }: Pick<JoinRequest, 'person' | 'address'>): void {
    if (this.#peers.has(peer.id)) return
    const leaving = otherHolders(this.peers, person)
    const taken = this.peers.filter((one) => !leaving.includes(one))
    const takenByNetwork = this.#options.seatsInAllRooms(network)
    assertSeatFree({ person, network, taken, takenByNetwork }, this.#options.limits)
  }

  async #mediaFor(peer: Peer, { rtpCapabilities, mediaSessionId }: JoinRequest): Promise<PeerMedia> {
    if (peer.media && peer.media.id === mediaSessionId) return peer.media
    return this.media.open(peer, rtpCapabilities)
  }

  #connectionLost(peer: Peer): void {
    const { seatHeldMs, reloadGraceMs } = this.#options.limits
    // Nothing shows that the person ever got the token with which to come back.
    if (!peer.established) return this.leave(peer, 'connection_lost')
    const reason = peer.mayReturn ? 'left' : 'connection_lost'
    if (!peer.mayReturn) this.emit('lineLost', peer)
    peer.detach(peer.mayReturn ? reloadGraceMs : seatHeldMs, () => this.leave(peer, reason))
    this.#fromPeer(peer, 'room.participantChanged', { id: peer.id, connection: 'reconnecting' })
    this.#look()
  }

  /** Somebody came, went or became something else. */
  #look(): void {
    this.#actingHost.look()
    this.topology.look()
    this.#codecs.look()
  }

  #callChanged(): void {
    for (const peer of this.peers) {
      this.#distinguish(peer)
      this.#refresh(peer)
    }
    this.#look()
    this.#options.observer?.callChanged(this.meeting.id, this.call.stored())
  }

  /** Other seats of the same person may have the same name. */
  #distinguish(peer: Peer): void {
    const others = this.peers.filter(({ person }) => person.key !== peer.person.key)
    peer.distinguish(others.map(({ name }) => name))
  }

  /** Tells everyone what is new about a person, and stops what they may not do any more. */
  #refresh(peer: Peer): void {
    const change = peer.takeChange()
    if (!change) return
    this.broadcast('room.participantChanged', { id: peer.id, ...change })
    for (const source of [...peer.tracks.keys()])
      if (!peer.may(capabilityOf(source))) this.#stop(peer, source)
    this.emit('changed', peer)
  }

  #stop(peer: Peer, source: TrackSource): void {
    this.media.stop(peer, source).catch((error: unknown) => {
      // Of a worker that is gone nothing is forwarded either.
      this.#options.log.warn({ err: error, participantId: peer.id }, 'a track could not be stopped')
    })
  }

  #tellSpeakers({ activeSpeaker, levels }: SpeakerLevels): void {
    const payload = { activeSpeaker, levels: [...levels] }
    for (const peer of this.#peers.values()) {
      // Silence is said once and must arrive; levels come again in a moment.
      if (levels.length === 0) peer.notify('room.speakersChanged', payload)
      else peer.notifyVolatile('room.speakersChanged', payload)
    }
  }

  #fromPeer<N extends NotificationName>(peer: Peer, name: N, payload: NotificationPayload<N>): void {
    this.broadcast(name, payload, { except: peer.id })
  }

  #featureContext(): RoomContext {
    const { log, observer } = this.#options
    return {
      meeting: this.meeting,
      call: this.call,
      topology: () => this.topology.state,
      broadcast: this.broadcast.bind(this),
      members: () => this.peers,
      member: (id) => this.peer(id),
      stop: (id, source) => this.media.stop(this.peer(id), source),
      dismiss: (id, how) => this.dismiss(how, (peer) => peer.id === id),
      on: this.on.bind(this),
      record: (act) => observer?.acted(this.meeting, act),
      log,
    }
  }

  #closeWhenEmpty(): void {
    if (this.#closed || this.#peers.size > 0 || this.#joining > 0) return
    clearTimeout(this.#emptyTimer)
    void this.media.close()
    this.#emptyTimer = setTimeout(() => this.close(), this.#options.limits.emptyRoomMs)
    this.#emptyTimer.unref()
  }
}

import type {
  LeaveReason,
  ParticipantId,
  ParticipantInfo,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import type { Emitter } from './core/emitter.ts'
import { type ReadableStore, Store } from './core/store.ts'
import type { LocalParticipant } from './local-participant.ts'
import { Participant, type ParticipantChange } from './participant.ts'
import type { RoomEvents } from './room-events.ts'
import { Track, type TrackDemand } from './track.ts'

export interface RosterOptions {
  readonly localParticipant: LocalParticipant
  readonly events: Emitter<RoomEvents>
  readonly onDemand: (participantId: ParticipantId, source: TrackSource, demand: TrackDemand) => void
}

/** How long the others may take to come back to a room that the server has made anew. */
const BACK_WITHIN_MS = 5000

/**
 * Who is in the room and what they have published, as the server says. Of the local participant it keeps the place in the
 * list only: their tracks are known here first.
 */
export class Roster {
  readonly #options: RosterOptions
  readonly #participants: Store<readonly Participant[]>
  /** Media by participant and source; it may arrive before the track is told of, and stay a moment longer. */
  readonly #media = new Map<string, MediaStreamTrack>()
  /** People of a room that was made anew who have not come back to it yet. */
  readonly #awaited = new Set<Participant>()
  #awaitingTimer: ReturnType<typeof setTimeout> | undefined
  /** When the server gave this person the seat they have now. */
  #seatedAt: string | undefined

  constructor(options: RosterOptions) {
    this.#options = options
    this.#participants = new Store<readonly Participant[]>([options.localParticipant])
  }

  get participants(): ReadableStore<readonly Participant[]> {
    return this.#participants
  }

  find(id: ParticipantId): Participant | undefined {
    return this.#participants.get().find((participant) => participant.id === id)
  }

  /**
   * Takes over the list of a snapshot and tells what is different from before. A room that was made anew, as after a
   * restart of the server, lists only those who are back already: the others are awaited for a moment.
   */
  restore(list: readonly ParticipantInfo[]): void {
    const { localParticipant, events } = this.#options
    const before = this.#participants.get()
    const known = new Map(before.map((participant) => [participant.id, participant]))
    const listed = list.map((info) => known.get(info.id) ?? this.#create(info))
    if (!listed.includes(localParticipant)) listed.push(localParticipant)
    const missing = before.filter((participant) => !listed.includes(participant))
    const madeAnew = this.#seatIsNew(list)
    const added = listed.filter((participant) => !before.includes(participant))
    this.#await(madeAnew ? missing : [])
    this.#participants.set(madeAnew ? [...before, ...added] : listed)
    if (!madeAnew) for (const participant of missing) this.#gone(participant, 'connection_lost')
    for (const participant of added) events.emit('participantJoined', participant)
    for (const info of list) this.#update(info)
  }

  joined(info: ParticipantInfo): void {
    const known = this.find(info.id)
    if (known) {
      this.#awaited.delete(known)
    } else {
      const participant = this.#create(info)
      this.#participants.set([...this.#participants.get(), participant])
      this.#options.events.emit('participantJoined', participant)
    }
    this.#update(info)
  }

  left(id: ParticipantId, reason: LeaveReason): void {
    const participant = this.find(id)
    if (participant === undefined || participant.isLocal) return
    this.#awaited.delete(participant)
    this.#participants.set(this.#participants.get().filter((other) => other !== participant))
    this.#gone(participant, reason)
  }

  changed(id: ParticipantId, change: ParticipantChange): void {
    this.find(id)?.change(change)
  }

  trackChanged(participantId: ParticipantId, { source, muted }: TrackState): void {
    const participant = this.find(participantId)
    if (participant === undefined || participant.isLocal) return
    const track = participant.track(source)
    if (track === undefined) {
      this.#publish(participant, { source, muted })
    } else if (track.state.get().muted !== muted) {
      track.update({ muted })
      this.#options.events.emit('trackMuteChanged', track)
    }
  }

  trackUnpublished(participantId: ParticipantId, source: TrackSource): void {
    const participant = this.find(participantId)
    const track = participant?.isLocal ? undefined : participant?.track(source)
    if (participant && track) this.#unpublish(participant, track)
  }

  mediaReceived(participantId: ParticipantId, source: TrackSource, mediaTrack: MediaStreamTrack): void {
    this.#media.set(mediaKey(participantId, source), mediaTrack)
    this.find(participantId)?.track(source)?.update({ mediaTrack })
  }

  mediaLost(participantId: ParticipantId, source: TrackSource): void {
    this.#media.delete(mediaKey(participantId, source))
    this.find(participantId)?.track(source)?.update({ mediaTrack: null })
  }

  close(): void {
    clearTimeout(this.#awaitingTimer)
  }

  /** Whether the server has no memory of the seat that this person had. */
  #seatIsNew(list: readonly ParticipantInfo[]): boolean {
    const before = this.#seatedAt
    this.#seatedAt = list.find(({ id }) => id === this.#options.localParticipant.id)?.joinedAt
    return before !== undefined && before !== this.#seatedAt
  }

  #await(missing: readonly Participant[]): void {
    clearTimeout(this.#awaitingTimer)
    this.#awaited.clear()
    if (missing.length === 0) return
    for (const participant of missing) {
      this.#awaited.add(participant)
      participant.change({ connection: 'reconnecting' })
    }
    this.#awaitingTimer = setTimeout(() => {
      for (const { id } of this.#awaited) this.left(id, 'connection_lost')
    }, BACK_WITHIN_MS)
  }

  #create(info: ParticipantInfo): Participant {
    const { id, name, role, may, hasAccount, connection } = info
    const joinedAt = new Date(info.joinedAt)
    return new Participant({ id, name, role, may, hasAccount, joinedAt, isLocal: false, connection })
  }

  #update({ id, name, role, may, connection, tracks }: ParticipantInfo): void {
    const participant = this.find(id)
    participant?.change({ name, role, may })
    if (participant === undefined || participant.isLocal) return
    participant.change({ connection })
    for (const track of participant.state.get().tracks) {
      if (!tracks.some(({ source }) => source === track.source)) this.#unpublish(participant, track)
    }
    for (const track of tracks) this.trackChanged(id, track)
  }

  #publish(participant: Participant, { source, muted }: TrackState): void {
    const { events, onDemand } = this.#options
    const track = new Track({
      owner: participant,
      source,
      view: { muted, mediaTrack: this.#media.get(mediaKey(participant.id, source)) ?? null },
      onDemand: (demand) => onDemand(participant.id, source, demand),
    })
    participant.addTrack(track)
    events.emit('trackPublished', track)
  }

  #unpublish(participant: Participant, track: Track): void {
    participant.removeTrack(track)
    track.update({ mediaTrack: null })
    this.#options.events.emit('trackUnpublished', track)
  }

  #gone(participant: Participant, reason: LeaveReason): void {
    for (const track of participant.state.get().tracks) this.#unpublish(participant, track)
    this.#options.events.emit('participantLeft', participant, reason)
  }
}

function mediaKey(participantId: ParticipantId, source: TrackSource): string {
  return `${participantId}/${source}`
}

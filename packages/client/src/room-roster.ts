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
import { Participant } from './participant.ts'
import type { RoomEvents } from './room-events.ts'
import { Track, type TrackDemand } from './track.ts'

export interface RosterOptions {
  readonly localParticipant: LocalParticipant
  readonly events: Emitter<RoomEvents>
  readonly onDemand: (participantId: ParticipantId, source: TrackSource, demand: TrackDemand) => void
}

/**
 * Who is in the room and what they have published, as the server says. Of the local participant it keeps the place in the
 * list only: their tracks are known here first.
 */
export class Roster {
  readonly #options: RosterOptions
  readonly #participants: Store<readonly Participant[]>
  /** Media by participant and source; it may arrive before the track is told of, and stay a moment longer. */
  readonly #media = new Map<string, MediaStreamTrack>()

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

  /** Takes over the list of a snapshot and tells what is different from before. */
  restore(list: readonly ParticipantInfo[]): void {
    const { localParticipant } = this.#options
    const before = this.#participants.get()
    const known = new Map(before.map((participant) => [participant.id, participant]))
    const now = list.map((info) => known.get(info.id) ?? this.#create(info))
    if (!now.includes(localParticipant)) now.push(localParticipant)
    this.#participants.set(now)
    for (const participant of before) {
      if (!now.includes(participant)) this.#gone(participant, 'connection_lost')
    }
    for (const participant of now) {
      if (!before.includes(participant)) this.#options.events.emit('participantJoined', participant)
    }
    for (const info of list) this.#update(info)
  }

  joined(info: ParticipantInfo): void {
    if (this.find(info.id) === undefined) {
      const participant = this.#create(info)
      this.#participants.set([...this.#participants.get(), participant])
      this.#options.events.emit('participantJoined', participant)
    }
    this.#update(info)
  }

  left(id: ParticipantId, reason: LeaveReason): void {
    const participant = this.find(id)
    if (participant === undefined || participant.isLocal) return
    this.#participants.set(this.#participants.get().filter((other) => other !== participant))
    this.#gone(participant, reason)
  }

  changed(id: ParticipantId, connection: ParticipantInfo['connection']): void {
    const participant = this.find(id)
    if (participant && !participant.isLocal) participant.setConnection(connection)
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

  #create(info: ParticipantInfo): Participant {
    const { id, name, connection } = info
    return new Participant({ id, name, joinedAt: new Date(info.joinedAt), isLocal: false, connection })
  }

  #update({ id, connection, tracks }: ParticipantInfo): void {
    const participant = this.find(id)
    if (participant === undefined || participant.isLocal) return
    participant.setConnection(connection)
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

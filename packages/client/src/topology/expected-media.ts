import type { ParticipantId, ParticipantInfo, TrackSource } from '@video-meet/protocol'
import { Demands } from './demands.ts'
import { ReceivedMedia, type ReceivedTrack, type Way } from './received-media.ts'

/** Who else is there, what the server says that they send, and so what should come in. */
export class ExpectedMedia {
  readonly received = new ReceivedMedia()
  readonly demands = new Demands()
  /** The others, and whether they are there at this moment. */
  readonly #others = new Map<ParticipantId, boolean>()

  get others(): readonly ParticipantId[] {
    return [...this.#others.keys()]
  }

  /** Those who have not lost the line to the server. */
  get present(): readonly ParticipantId[] {
    return this.others.filter((id) => this.isPresent(id))
  }

  isPresent(id: ParticipantId): boolean {
    return this.#others.get(id) === true
  }

  /** What of everyone who is present should arrive: they send it, and somebody sees or hears it here. */
  get all(): readonly ReceivedTrack[] {
    return this.received.all.filter(
      ({ participantId, source, muted }) =>
        muted === false && this.isPresent(participantId) && !this.demands.isHidden(participantId, source),
    )
  }

  /** What of it has not arrived on that way yet. */
  missing(way: Way): readonly ReceivedTrack[] {
    return this.all.filter(({ flows }) => !flows[way])
  }

  /** Begins anew with these people. */
  replace(others: readonly ParticipantInfo[]): void {
    this.#others.clear()
    for (const track of this.received.all) track.muted = null
    for (const info of others) this.add(info)
  }

  add({ id, connection, tracks }: Pick<ParticipantInfo, 'id' | 'connection' | 'tracks'>): void {
    this.#others.set(id, connection === 'connected')
    for (const { source, muted } of tracks) this.list(id, source, muted)
  }

  /** @returns whether they are known here */
  setConnection(id: ParticipantId, connection: ParticipantInfo['connection']): boolean {
    if (!this.#others.has(id)) return false
    this.#others.set(id, connection === 'connected')
    return true
  }

  remove(id: ParticipantId): void {
    this.#others.delete(id)
    for (const track of this.received.all) if (track.participantId === id) track.muted = null
  }

  /** @param muted null: it is listed no more */
  list(id: ParticipantId, source: TrackSource, muted: boolean | null): void {
    this.received.of(id, source).muted = muted
  }
}

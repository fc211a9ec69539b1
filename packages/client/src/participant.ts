import type { Capability, ParticipantId, ParticipantInfo, RoomRole, TrackSource } from '@video-meet/protocol'
import { type ReadableStore, Store, patchStore } from './core/store.ts'
import type { Track } from './track.ts'

/** What is known of a participant at this moment. */
export interface ParticipantView {
  /** Moderators can change it. */
  readonly name: string
  readonly role: RoomRole
  /** What the person may do at this moment. */
  readonly may: readonly Capability[]
  /** `reconnecting`: their connection is lost and their seat is held. */
  readonly connection: ParticipantInfo['connection']
  readonly speaking: boolean
  readonly tracks: readonly Track[]
}

export interface ParticipantOptions {
  readonly id: ParticipantId
  readonly name: string
  readonly role: RoomRole
  readonly may: readonly Capability[]
  readonly hasAccount: boolean
  readonly joinedAt: Date
  readonly isLocal: boolean
  readonly connection?: ParticipantInfo['connection']
}

/** What of a participant the server can change. */
export type ParticipantChange = Partial<Pick<ParticipantView, 'connection' | 'name' | 'role' | 'may'>>

/** A person in the room. */
export class Participant {
  readonly hasAccount: boolean
  readonly joinedAt: Date
  readonly isLocal: boolean
  readonly #state: Store<ParticipantView>
  readonly #audioLevel = new Store(0)
  #id: ParticipantId

  constructor(options: ParticipantOptions) {
    this.#id = options.id
    this.hasAccount = options.hasAccount
    this.joinedAt = options.joinedAt
    this.isLocal = options.isLocal
    this.#state = new Store<ParticipantView>({
      name: options.name,
      role: options.role,
      may: options.may,
      connection: options.connection ?? 'connected',
      speaking: false,
      tracks: [],
    })
  }

  /** Stays for as long as the seat does: the local participant gets another one if it has to take a new seat. */
  get id(): ParticipantId {
    return this.#id
  }

  get name(): string {
    return this.#state.get().name
  }

  /** Whether the person may do something at this moment. */
  may(capability: Capability): boolean {
    return this.#state.get().may.includes(capability)
  }

  get state(): ReadableStore<ParticipantView> {
    return this.#state
  }

  /** How loud the person is, 0 to 1; changes several times a second while somebody speaks. */
  get audioLevel(): ReadableStore<number> {
    return this.#audioLevel
  }

  /** The person's track of this source, if it is published. */
  track(source: TrackSource): Track | undefined {
    return this.#state.get().tracks.find((track) => track.source === source)
  }

  /** For the SDK. @internal */
  setId(id: ParticipantId): void {
    this.#id = id
  }

  /** For the SDK. @internal */
  change({ may, ...change }: ParticipantChange): void {
    const isNew = may !== undefined && may.join() !== this.#state.get().may.join()
    patchStore(this.#state, isNew ? { ...change, may } : change)
  }

  /** For the SDK. @internal */
  setLevel(level: number, speaking: boolean): void {
    this.#audioLevel.set(level)
    patchStore(this.#state, { speaking })
  }

  /** For the SDK. @internal */
  addTrack(track: Track): void {
    const { tracks } = this.#state.get()
    patchStore(this.#state, { tracks: [...tracks.filter(({ source }) => source !== track.source), track] })
  }

  /** For the SDK. @internal */
  removeTrack(track: Track): void {
    const { tracks } = this.#state.get()
    if (tracks.includes(track)) patchStore(this.#state, { tracks: tracks.filter((other) => other !== track) })
  }
}

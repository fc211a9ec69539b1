import type {
  Capability,
  ClientTraits,
  NotificationName,
  NotificationPayload,
  ParticipantId,
  ParticipantInfo,
  RoomRole,
  TrackSource,
  TrackState,
  VideoCodec,
} from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import { SerialQueue } from '../platform/serial-queue.ts'
import type { PeerMedia } from '../sfu/peer-media.ts'
import type { Connection } from '../signaling/connection.ts'
import { ReplyMemory } from '../signaling/reply-memory.ts'
import type { Person } from './admission.ts'
import type { CallState } from './call-state.ts'
import { distinctName } from './distinct-name.ts'
import { permits } from './permissions.ts'

const REFUSALS: Readonly<Record<Capability, string>> = {
  microphone: 'You may not turn your microphone on in this meeting now.',
  camera: 'You may not turn your camera on in this meeting now.',
  screen: 'You may not share your screen in this meeting now.',
  chat: 'You may not write to the chat of this meeting now.',
  hand: 'Observers do not raise hands.',
  admit: 'You may not let people into this meeting.',
  moderate: 'You may not moderate this meeting.',
  remove: 'You may not remove people from this meeting.',
  grant: 'You may not give rights in this meeting.',
  settings: 'You may not change the settings of this meeting.',
  end: 'Only the host may end the meeting for everyone.',
}

/** What takes part in a call as a sender of media. */
const PUBLISHING: ReadonlySet<Capability> = new Set<Capability>(['microphone', 'camera', 'screen'])
const CAPABILITIES = Object.keys(REFUSALS) as Capability[]

interface PeerOptions {
  readonly person: Person
  readonly call: CallState
  readonly id: ParticipantId
  readonly name: string
}

/** A person's seat in a room: it outlives the connection and the media session, which come and go. */
export class Peer {
  readonly id: ParticipantId
  /** Who they were known to be when they came, or came back, last. */
  person: Person
  /** Acts as host while none is there. */
  actsAsHost = false
  /** What their client can. */
  client: ClientTraits = { canLink: false, isPhone: false }
  /** What they can receive through the server. */
  videoCodecs: readonly VideoCodec[] = []
  /** Of the last connection. */
  address = ''
  readonly joinedAt = new Date()
  readonly tracks = new Map<TrackSource, TrackState>()
  /** What was stopped by others and not started again by the person since. */
  readonly stopped = new Set<TrackSource>()
  /** Joins and media operations of one person happen one after the other. */
  readonly queue = new SerialQueue()
  media: PeerMedia | null = null
  /** Since when the connection is lost; null while there is one. */
  lostAt: Date | null = null
  /** The person's page is closing or reloading: the seat is held for a shorter time. */
  mayReturn = false
  readonly #call: CallState
  readonly #name: string
  #shown = { chosen: '', name: '' }
  #told: Pick<ParticipantInfo, 'name' | 'role' | 'may'>
  /** Counts the joins of this seat; only the newest resume token is good. */
  #serial = 0
  /** Whether the client has shown, by using it, that the reply to its last join has arrived. */
  #confirmed = false
  /** The same of any of its joins. */
  #established = false
  #connection: Connection | null = null
  readonly #replies = new ReplyMemory()
  #letGo: (() => void) | undefined
  #seatTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor({ id, name, person, call }: PeerOptions) {
    this.person = person
    this.#call = call
    this.id = id
    this.#name = name
    this.#told = this.#tellable()
  }

  get connection(): Connection | null {
    return this.#connection
  }

  /** Whether the person is known to have a token for this seat, be it the newest or the one before it. */
  get established(): boolean {
    return this.#established
  }

  get closed(): boolean {
    return this.#closed
  }

  /** The name as others see it: told apart from names that look the same. */
  get name(): string {
    const { chosenName } = this
    return this.#shown.chosen === chosenName ? this.#shown.name : chosenName
  }

  /** The name that they gave themselves, or that a moderator gave them. */
  get chosenName(): string {
    return this.#call.standingOf(this.person.key).name ?? this.#name
  }

  /** Tells the name apart from those of others; it stays like that until the person is renamed. */
  distinguish(others: readonly string[]): void {
    const { chosenName: chosen, ownRole: role } = this
    if (this.#shown.chosen !== chosen)
      this.#shown = { chosen, name: distinctName({ name: chosen, role }, others) }
  }

  /** What they are apart from acting as host. */
  get ownRole(): RoomRole {
    return this.#call.standingOf(this.person.key).role ?? this.person.role
  }

  get role(): RoomRole {
    return this.actsAsHost ? 'host' : this.ownRole
  }

  /** What they may do at this moment. */
  get capabilities(): readonly Capability[] {
    return CAPABILITIES.filter((capability) => this.may(capability))
  }

  may(capability: Capability): boolean {
    const { role } = this
    const allowed = permits(role, capability, this.#call.policy)
    const granted = this.#call.standingOf(this.person.key).grants?.[capability]
    // Observers publish nothing, and nobody takes anything from a host.
    if ((role === 'observer' && PUBLISHING.has(capability)) || role === 'host') return allowed
    return granted ?? allowed
  }

  /** @throws {AppError} `forbidden` */
  assertMay(capability: Capability): void {
    if (!this.may(capability)) throw new AppError('forbidden', REFUSALS[capability])
  }

  /** What of a person can change and has changed since it was last asked; null when nothing has. */
  takeChange(): Partial<Pick<ParticipantInfo, 'name' | 'role' | 'may'>> | null {
    const before = this.#told
    const now = this.#tellable()
    this.#told = now
    const change = {
      ...(now.name !== before.name && { name: now.name }),
      ...(now.role !== before.role && { role: now.role }),
      ...(now.may.join() !== before.may.join() && { may: now.may }),
    }
    return Object.keys(change).length === 0 ? null : change
  }

  info(): ParticipantInfo {
    return {
      id: this.id,
      ...this.#tellable(),
      hasAccount: this.person.userId !== null,
      avatar: this.person.avatar,
      joinedAt: this.joinedAt.toISOString(),
      connection: this.#connection ? 'connected' : 'reconnecting',
      tracks: [...this.tracks.values()],
    }
  }

  /** A token is good once; the one before it too, as long as nothing shows that its successor has arrived. */
  accepts(serial: number): boolean {
    return serial === this.#serial || (!this.#confirmed && serial === this.#serial - 1)
  }

  /** Gives the seat to a new connection; `lost` is called if that ends while it has the seat. */
  attach(connection: Connection, { serial, lost }: { serial: number; lost: () => void }): void {
    clearTimeout(this.#seatTimer)
    this.#release()
    this.#connection = connection
    this.address = connection.address
    this.#letGo = connection.on('closed', lost)
    this.#serial = serial
    this.#confirmed = false
    this.mayReturn = false
    this.lostAt = null
    connection.replies = this.#replies
  }

  confirm(): void {
    this.#confirmed = true
    this.#established = true
  }

  /** The connection is gone: `expired` is called unless someone takes the seat within `ms`. */
  detach(ms: number, expired: () => void): void {
    this.#release()
    this.lostAt = new Date()
    this.#seatTimer = setTimeout(expired, ms)
    this.#seatTimer.unref()
  }

  notify<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void {
    this.#connection?.notify(name, payload)
  }

  notifyVolatile<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void {
    this.#connection?.notifyVolatile(name, payload)
  }

  /** Frees the media session and the timer; the connection lives on, without a seat. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#seatTimer)
    this.#release()
    this.media?.close()
    this.media = null
  }

  #tellable(): Pick<ParticipantInfo, 'name' | 'role' | 'may'> {
    return { name: this.name, role: this.role, may: [...this.capabilities] }
  }

  #release(): void {
    this.#letGo?.()
    this.#letGo = undefined
    this.#connection = null
  }
}

import { randomUUID } from 'node:crypto'
import type { CallSettings, MeetingId, WaitingId, WaitingPerson } from '@video-meet/protocol'
import { Emitter } from '../platform/emitter.ts'
import { AppError } from '../platform/errors.ts'
import { randomToken } from '../platform/secret-token.ts'
import type { Connection, WaitingMessages } from '../signaling/connection.ts'
import type { Visitor } from './admission.ts'

/** Who waits is in no room: these are the only lines between the two. */
type WaitingConnection = Pick<Connection<WaitingMessages>, 'notify' | 'close'>

const TICKET_MS = 60_000
/** Somebody whose connection is lost keeps their place for so long. */
const PLACE_KEPT_MS = 60_000
const MOST_WAITING = 500
/** From one network: nobody fills it alone. */
const MOST_PER_ADDRESS = 100
/** From one network before all meetings together. */
const MOST_PER_ADDRESS_TOTAL = 200
/** Of people whose password was not checked, from one network. */
const MOST_UNCHECKED_PER_ADDRESS = 5

/** What of a waiting person stays as it is over a lost connection. */
interface Place {
  readonly id: WaitingId
  readonly since: Date
  readonly reminders: number
}

interface Waiting extends Place {
  readonly visitor: Visitor
  readonly connection: WaitingConnection
  readonly address: string
  name: string
  reminders: number
  /** As it was last told. */
  place: number
}

interface Ticket {
  readonly meetingId: MeetingId
  readonly personKey: string
  readonly expiresAt: number
}

type WaitingRoomsEvents = { changed: [meetingId: MeetingId] }

/** The waiting rooms of all meetings, also of those in which nobody is yet. */
export class WaitingRooms extends Emitter<WaitingRoomsEvents> {
  readonly #rooms = new Map<MeetingId, Waiting[]>()
  readonly #tickets = new Map<string, Ticket>()
  /** When people of whom the connection was lost began to wait, by meeting and person. */
  readonly #places = new Map<string, Place & { readonly lostAt: number }>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    super()
    this.#now = now
  }

  /** The first one waiting comes first. */
  list(meetingId: MeetingId): WaitingPerson[] {
    return this.#of(meetingId).map(({ id, name, since, reminders, visitor }) => ({
      id,
      name,
      hasAccount: visitor.person.userId !== null,
      since: since.toISOString(),
      wasRemoved: visitor.wasRemoved,
      passwordUnchecked: visitor.passwordUnchecked,
      reminders,
    }))
  }

  /**
   * Lets somebody wait; another tab of theirs waits no longer.
   *
   * @returns their place, from 1
   * @throws {AppError} `rate_limited` when too many wait
   */
  add(visitor: Visitor, who: Pick<Waiting, 'connection' | 'address' | 'name'>): number {
    const { meeting, person } = visitor
    const before = this.#of(meeting.id).find((one) => one.visitor.person.key === person.key)
    if (!before) this.#assertSpace(visitor, who.address)
    const kept = before ?? this.#placeKept(meeting.id, person.key) ?? this.#newPlace()
    const { id, since, reminders } = kept
    const waiting = { ...who, id, since, reminders, visitor, place: 0 }
    const others = this.#of(meeting.id).filter((one) => one !== before)
    const all = [...others, waiting].toSorted((a, b) => a.since.getTime() - b.since.getTime())
    waiting.place = all.indexOf(waiting) + 1
    this.#set(meeting.id, all)
    // Told so, or both tabs would come back to take the place from each other for ever.
    before?.connection.notify('waiting.denied', { reason: 'replaced' })
    before?.connection.close()
    return waiting.place
  }

  rename(connection: WaitingConnection, name: string): void {
    const waiting = this.#by(connection)
    waiting.name = name
    this.emit('changed', waiting.visitor.meeting.id)
  }

  remind(connection: WaitingConnection): void {
    const waiting = this.#by(connection)
    waiting.reminders += 1
    this.emit('changed', waiting.visitor.meeting.id)
  }

  /** @param mayReturn whether their place is kept for a moment */
  gone(connection: WaitingConnection, { mayReturn }: { mayReturn: boolean }): void {
    for (const [meetingId, all] of this.#rooms) {
      const waiting = all.find((one) => one.connection === connection)
      if (!waiting) continue
      const { id, since, reminders } = waiting
      const place = { id, since, reminders, lostAt: this.#now() }
      if (mayReturn) this.#places.set(placeOf(meetingId, waiting.visitor.person.key), place)
      this.#set(
        meetingId,
        all.filter((one) => one !== waiting),
      )
    }
  }

  isWaiting(connection: WaitingConnection): boolean {
    return this.#all().some((one) => one.connection === connection)
  }

  /** Whether this person waits, or did until their connection was lost a moment ago. */
  hasPlace(meetingId: MeetingId, personKey: string): boolean {
    const lostAt = this.#places.get(placeOf(meetingId, personKey))?.lostAt
    if (lostAt !== undefined && lostAt + PLACE_KEPT_MS > this.#now()) return true
    return this.#of(meetingId).some(({ visitor }) => visitor.person.key === personKey)
  }

  /** Lets people in, each with a ticket for one join. @returns their names */
  admit(meetingId: MeetingId, ids: readonly WaitingId[]): string[] {
    return this.#take(
      meetingId,
      ({ id }) => ids.includes(id),
      ({ connection, visitor }) =>
        connection.notify('waiting.admitted', { ticket: this.issueTicket(visitor) }),
    )
  }

  deny(meetingId: MeetingId, ids: readonly WaitingId[]): string[] {
    return this.#take(
      meetingId,
      ({ id }) => ids.includes(id),
      ({ connection }) => connection.notify('waiting.denied', { reason: 'denied' }),
    )
  }

  message(meetingId: MeetingId, ids: readonly WaitingId[], text: string): void {
    for (const { id, connection } of this.#of(meetingId))
      if (ids.includes(id)) connection.notify('waiting.messageReceived', { text })
  }

  /** Lets in whoever need not wait any more. Into a call that is locked nobody comes without being let in. */
  settingsChanged(
    meetingId: MeetingId,
    settings: Pick<CallSettings, 'waitingRoom'> & Partial<Pick<CallSettings, 'locked'>>,
  ): void {
    if (settings.locked) return
    const free = this.#of(meetingId).filter(({ visitor }) => !mustWait(visitor, settings.waitingRoom))
    this.admit(
      meetingId,
      free.map(({ id }) => id),
    )
  }

  /** The call is over. */
  end(meetingId: MeetingId): void {
    this.#take(
      meetingId,
      () => true,
      ({ connection }) => connection.notify('waiting.denied', { reason: 'ended' }),
    )
  }

  /** For one join of this person within a minute. */
  issueTicket({ meeting, person }: Pick<Visitor, 'meeting' | 'person'>): string {
    for (const [token, { expiresAt }] of this.#tickets)
      if (expiresAt <= this.#now()) this.#tickets.delete(token)
    const ticket = randomToken()
    const expiresAt = this.#now() + TICKET_MS
    this.#tickets.set(ticket, { meetingId: meeting.id, personKey: person.key, expiresAt })
    return ticket
  }

  /** Whether a ticket lets this person into this meeting. */
  isGood(ticket: string, meetingId: MeetingId, personKey: string): boolean {
    const known = this.#tickets.get(ticket)
    if (known?.meetingId !== meetingId || known.personKey !== personKey) return false
    return known.expiresAt > this.#now()
  }

  /** It was used. */
  tear(ticket: string): void {
    this.#tickets.delete(ticket)
  }

  /** What this person was let in with counts no more. */
  tearAllOf(meetingId: MeetingId, personKey: string): void {
    for (const [token, ticket] of this.#tickets)
      if (ticket.meetingId === meetingId && ticket.personKey === personKey) this.#tickets.delete(token)
  }

  #assertSpace({ meeting, passwordUnchecked }: Visitor, address: string): void {
    const all = this.#of(meeting.id)
    const neighbours = all.filter((one) => one.address === address)
    const unchecked = neighbours.filter((one) => one.visitor.passwordUnchecked)
    const isFull =
      all.length >= MOST_WAITING ||
      neighbours.length >= MOST_PER_ADDRESS ||
      this.#all().filter((one) => one.address === address).length >= MOST_PER_ADDRESS_TOTAL ||
      (passwordUnchecked && unchecked.length >= MOST_UNCHECKED_PER_ADDRESS)
    if (isFull) throw new AppError('rate_limited', 'Too many people wait for this meeting. Try again later.')
  }

  #newPlace(): Place {
    return { id: randomUUID() as string as WaitingId, since: new Date(this.#now()), reminders: 0 }
  }

  #placeKept(meetingId: MeetingId, personKey: string): Place | undefined {
    for (const [key, { lostAt }] of this.#places)
      if (lostAt + PLACE_KEPT_MS <= this.#now()) this.#places.delete(key)
    const key = placeOf(meetingId, personKey)
    const kept = this.#places.get(key)
    this.#places.delete(key)
    return kept
  }

  #take(
    meetingId: MeetingId,
    isMeant: (waiting: Waiting) => boolean,
    tell: (waiting: Waiting) => void,
  ): string[] {
    const all = this.#of(meetingId)
    const meant = all.filter(isMeant)
    if (meant.length === 0) return []
    this.#set(
      meetingId,
      all.filter((one) => !meant.includes(one)),
    )
    for (const waiting of meant) {
      tell(waiting)
      waiting.connection.close()
    }
    return meant.map(({ name }) => name)
  }

  #set(meetingId: MeetingId, all: Waiting[]): void {
    if (all.length === 0) this.#rooms.delete(meetingId)
    else this.#rooms.set(meetingId, all)
    for (const [index, waiting] of all.entries()) {
      if (waiting.place === index + 1) continue
      waiting.place = index + 1
      waiting.connection.notify('waiting.placeChanged', { place: waiting.place })
    }
    this.emit('changed', meetingId)
  }

  #of(meetingId: MeetingId): Waiting[] {
    return this.#rooms.get(meetingId) ?? []
  }

  #all(): Waiting[] {
    return [...this.#rooms.values()].flat()
  }

  #by(connection: WaitingConnection): Waiting {
    const waiting = this.#all().find((one) => one.connection === connection)
    if (!waiting) throw new AppError('not_joined', 'Knock first.')
    return waiting
  }
}

/** Whether somebody has to be let in where `waitingRoom` is the setting. */
export function mustWait(
  visitor: Pick<Visitor, 'person' | 'isInvited' | 'wasRemoved' | 'passwordUnchecked'>,
  waitingRoom: CallSettings['waitingRoom'],
): boolean {
  if (visitor.wasRemoved || visitor.passwordUnchecked) return true
  const { role } = visitor.person
  if (role === 'host' || role === 'moderator') return false
  switch (waitingRoom) {
    case 'nobody':
      return false
    case 'guests':
      return role === 'guest'
    case 'not_invited':
      return !visitor.isInvited
    case 'everyone':
      return true
  }
}

function placeOf(meetingId: MeetingId, personKey: string): string {
  return `${meetingId} ${personKey}`
}

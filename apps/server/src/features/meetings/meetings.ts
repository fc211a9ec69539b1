/*
 * Meetings as records: making, finding and changing them. Who is in them now is the business of the room.
 */
import { randomUUID } from 'node:crypto'
import {
  DEFAULT_POLICY,
  type Meeting,
  MeetingCode,
  MeetingId,
  type MeetingListItem,
  type MeetingPolicy,
  type MeetingSchedule,
  type UserId,
} from '@video-meet/protocol'
import { pageFrom, readCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import { takeMeetingCode } from './meeting-code.ts'
import {
  changedForInvitees,
  isSameSchedule,
  changedPolicy,
  checkedSchedule,
  type MeetingUpdateInput,
  type NewMeetingInput,
} from './meeting-input.ts'
import type { MeetingEvents, MeetingPorts } from './meeting-ports.ts'
import { comesAgain, type Timing, timingOf } from './meeting-timing.ts'
import type { MeetingViews } from './meeting-views.ts'
import type { MeetingChange, MeetingOwner, StoredMeeting } from './meeting.ts'
import type { MeetingsStore } from './meetings-store.ts'

const DEFAULT_TITLE = 'Meeting'
const DEFAULT_PAGE = 25
/** Until one is drawn. */
const UNDRAWN_CODE = MeetingCode.parse('aaaa-aaaaaa-aaaa')
const UNTOUCHED = {
  state: 'open',
  startedAt: null,
  endedAt: null,
  nextStartsAt: null,
  dueAt: null,
  remindAt: null,
  version: 1,
  sequence: 0,
} as const
/** Tries to change what somebody else changes at the same time. */
const MAX_TRIES = 5

/** Who acts. */
export interface Actor {
  readonly userId: UserId
  readonly name: string
}

export interface MeetingsQuery {
  readonly when?: 'upcoming' | 'past' | undefined
  readonly search?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface MeetingsList {
  readonly items: MeetingListItem[]
  readonly nextCursor: string | null
}

export type MeetingUpdate = MeetingUpdateInput & { readonly ifMatch?: number | undefined }

export interface MeetingsOptions extends MeetingPorts {
  readonly store: MeetingsStore
  readonly views: MeetingViews
  readonly events: MeetingEvents
  readonly isLive: (id: MeetingId) => boolean
  readonly now?: () => Date
  readonly randomLetter?: () => string
}

/** Meetings as records. Whatever names a meeting that the actor may not know of throws `meeting_not_found`. */
export class Meetings {
  readonly #options: MeetingsOptions
  readonly #now: () => Date

  constructor(options: MeetingsOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  async find(idOrCode: MeetingId | MeetingCode): Promise<StoredMeeting> {
    const { store } = this.#options
    const code = MeetingCode.safeParse(idOrCode)
    const meeting = code.success
      ? await store.findByCode(code.data)
      : await store.findById(MeetingId.parse(idOrCode))
    if (!meeting) throw notFound()
    return meeting
  }

  async owned(id: MeetingId, userId: UserId): Promise<StoredMeeting> {
    const meeting = await this.find(id)
    if (meeting.owner?.id !== userId) throw notFound()
    return meeting
  }

  /** The meeting, for its owner and those invited. */
  async known(id: MeetingId, userId: UserId): Promise<StoredMeeting> {
    const meeting = await this.find(id)
    if (!(await this.#options.store.relationOf(id, userId))) throw notFound()
    return meeting
  }

  async read(idOrCode: MeetingId | MeetingCode, userId: UserId | undefined): Promise<Meeting> {
    const { store, views } = this.#options
    const meeting = await this.find(idOrCode)
    return views.meeting(meeting, userId === undefined ? null : await store.relationOf(meeting.id, userId))
  }

  async list(userId: UserId, query: MeetingsQuery): Promise<MeetingsList> {
    const { store, views } = this.#options
    const limit = query.limit ?? DEFAULT_PAGE
    const listed = await store.list({
      userId,
      past: query.when === 'past',
      search: query.search === '' ? undefined : query.search,
      after: readCursor(query.cursor),
      limit: limit + 1,
    })
    const page = pageFrom(listed, limit, ({ at, meeting }) => ({ at, id: meeting.id }))
    return { items: page.items.map((item) => views.listItem(item)), nextCursor: page.nextCursor }
  }

  /** @throws {AppError} `unauthorized` when a stranger invites, `bad_request` when it could never be */
  async create(input: NewMeetingInput, owner: MeetingOwner | null): Promise<Meeting> {
    const { store, views, randomLetter } = this.#options
    if (!owner && (input.invite?.length ?? 0) > 0)
      throw new AppError('unauthorized', 'Sign in to invite people.')
    assertNoneIsOwner(input, owner)
    const drawn = await this.#draw(input, owner)
    if (!owner && drawn.policy.join === 'invited')
      throw new AppError('bad_request', 'policy: sign in to make a meeting for invited people only.')
    let meeting = drawn
    const { past, at, ...times } = this.#timing(drawn)
    await takeMeetingCode((code) => {
      meeting = { ...drawn, ...times, code }
      return store.add(meeting, { past, at })
    }, randomLetter)
    if (owner && input.invite) await this.#inviteOrUndo(meeting, input.invite)
    return views.meeting(meeting, owner && { relation: 'owner', answer: null })
  }

  /** @throws {AppError} `version_changed` when it is not at `ifMatch` any more */
  async update(id: MeetingId, actor: Actor, { ifMatch, ...input }: MeetingUpdate): Promise<Meeting> {
    const current = await this.owned(id, actor.userId)
    if (tellsInvitees(input)) await this.#options.events.assertCanTell(current)
    const { password } = input
    const passwordHash = password ? await this.#options.passwords.hash(password) : password
    const decide = (meeting: StoredMeeting) => this.#updated(meeting, input, passwordHash)
    const { before, after } = await this.change(id, decide, ifMatch)
    if (input.policy) this.#options.policyChanged(id, after.policy)
    const changes = changedForInvitees(before, after)
    const changed = { ...after, formerSchedule: before.schedule }
    if (changes.length > 0) await this.#options.events.changed(changed, changes, actor)
    return this.#asOwner(after)
  }

  async cancel(id: MeetingId, actor: Actor, note = ''): Promise<Meeting> {
    await this.owned(id, actor.userId)
    const { before, after } = await this.change(id, ({ state, sequence, endedAt }) => {
      if (state === 'cancelled') return {}
      if (state !== 'open') throw new AppError('conflict', 'The meeting is over: there is nothing to cancel.')
      return { state: 'cancelled', sequence: sequence + 1, endedAt: endedAt ?? this.#now() }
    })
    if (before.state !== 'cancelled') {
      this.#options.endRoom(id)
      await this.#options.events.cancelled(after, note, actor)
    }
    return this.#asOwner(after)
  }

  /** Changes nothing when it has begun already. */
  async start(id: MeetingId, actor: Actor): Promise<Meeting> {
    const meeting = await this.owned(id, actor.userId)
    if (hasBegun(meeting)) return this.#asOwner(meeting)
    const { before, after } = await this.change(id, (latest) => {
      assertNotCancelled(latest)
      return hasBegun(latest) ? {} : { state: 'open', startedAt: this.#now(), endedAt: null }
    })
    if (!hasBegun(before)) await this.#options.events.started(after, actor)
    return this.#asOwner(after)
  }

  /** Ends the call for everyone, and with it the meeting, unless it comes again. */
  async end(id: MeetingId, actor: Actor): Promise<Meeting> {
    await this.owned(id, actor.userId)
    return this.#asOwner(await this.endCall(id, actor))
  }

  /** The same for whoever is the host of its call. */
  async endCall(id: MeetingId, by: { readonly name: string }): Promise<StoredMeeting> {
    const now = this.#now()
    const { after } = await this.change(id, (meeting) => {
      assertNotCancelled(meeting)
      const goesOn = meeting.schedule?.recurrence !== undefined && comesAgain(meeting, now)
      return { state: goesOn ? 'open' : 'closed', endedAt: now }
    })
    this.#options.endRoom(id, { by: by.name })
    return after
  }

  async remove(id: MeetingId, actor: Actor): Promise<void> {
    const meeting = await this.owned(id, actor.userId)
    // Before it goes: whom to tell goes with it.
    await this.#options.events.deleted(meeting, actor)
    await this.#options.store.remove(id)
    this.#options.endRoom(id)
  }

  /**
   * The sequence number of a calendar entry that goes to one person, such as the cancellation after a withdrawal. Everything
   * that is sent later has a higher one, even within the same second.
   */
  async takeSequence(id: MeetingId): Promise<number> {
    const { sequence } = await this.find(id)
    await this.#options.store.settle(id, { sequence: sequence + 2 })
    return sequence + 1
  }

  /** Deletes all meetings of an account, each as if its owner had deleted it. */
  async removeAllOf(owner: Actor): Promise<void> {
    for (const { id } of await this.#options.store.listOwned(owner.userId))
      await this.remove(id, owner).catch((error: unknown) => {
        // Somebody, or its time of keeping, was quicker.
        if (!(error instanceof AppError && error.code === 'meeting_not_found')) throw error
      })
  }

  /** Moves a meeting to another time, as somebody proposed. */
  async move(id: MeetingId, actor: Actor, schedule: MeetingSchedule): Promise<void> {
    await this.update(id, actor, { schedule })
  }

  /**
   * Applies what `decide` says to the latest version, again if someone else was quicker.
   *
   * @throws {AppError} `version_changed` when the latest is not `expected`
   */
  async change(
    id: MeetingId,
    decide: (meeting: StoredMeeting) => MeetingChange,
    expected?: number,
  ): Promise<{ before: StoredMeeting; after: StoredMeeting }> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = await this.find(id)
      if (expected !== undefined && before.version !== expected) throw versionChanged()
      const changed = { ...before, ...decide(before), updatedAt: this.#now() }
      const { past, at, ...times } = this.#timing(changed)
      const after = { ...changed, ...times }
      const row = { ...changeable(after), past, at }
      if (await this.#options.store.change(id, before.version, row))
        return { before, after: { ...after, version: before.version + 1 } }
    }
    throw new AppError('conflict', 'Others change this meeting right now. Try again.')
  }

  async #draw(input: NewMeetingInput, owner: MeetingOwner | null): Promise<StoredMeeting> {
    const { templates, settings, passwords } = this.#options
    const template = await templates.resolve(input.templateId, owner?.id ?? null)
    const createdAt = this.#now()
    return {
      id: MeetingId.parse(randomUUID()),
      code: UNDRAWN_CODE,
      title: input.title ?? DEFAULT_TITLE,
      createdAt,
      owner,
      description: input.description ?? '',
      agenda: input.agenda ?? template?.agenda ?? '',
      schedule: input.schedule ? checkedSchedule(input.schedule, createdAt) : null,
      policy: changedPolicy(withRetention(template?.policy ?? DEFAULT_POLICY, settings), input.policy),
      passwordHash: input.password === undefined ? null : await passwords.hash(input.password),
      ...UNTOUCHED,
      updatedAt: createdAt,
    }
  }

  /** A meeting whose invitations fail leaves nothing behind: whoever made it tries again. */
  async #inviteOrUndo(meeting: StoredMeeting, list: NonNullable<NewMeetingInput['invite']>): Promise<void> {
    try {
      await this.#options.invite(meeting, list)
    } catch (error) {
      // The caller has to know the first error, not one of the clean-up.
      await this.#options.store.remove(meeting.id).catch(() => undefined)
      throw error
    }
  }

  #updated(
    meeting: StoredMeeting,
    { schedule, policy, title, description, agenda }: MeetingUpdateInput,
    passwordHash: string | null | undefined,
  ): MeetingChange {
    assertNotCancelled(meeting)
    const changed = {
      ...meeting,
      ...given({ title, description, agenda }),
      ...(schedule !== undefined && { schedule: schedule && this.#newSchedule(meeting, schedule) }),
      ...(policy && { policy: changedPolicy(meeting.policy, policy) }),
      ...(passwordHash !== undefined && { passwordHash }),
      ...(schedule && meeting.state === 'ended' && { state: 'open' as const }),
    }
    const told = changedForInvitees(meeting, changed).length > 0
    return { ...changed, sequence: meeting.sequence + (told ? 1 : 0) }
  }

  /** A schedule that stays as it is may be over; a new one may not. */
  #newSchedule(meeting: StoredMeeting, schedule: MeetingSchedule): MeetingSchedule {
    if (meeting.schedule && isSameSchedule(meeting.schedule, schedule)) return meeting.schedule
    return checkedSchedule(schedule, this.#now())
  }

  #timing(meeting: StoredMeeting): Timing {
    const { isLive, settings } = this.#options
    const { reminderMinutes } = settings
    return timingOf(meeting, { now: this.#now(), live: isLive(meeting.id), reminderMinutes })
  }

  #asOwner(meeting: StoredMeeting): Meeting {
    return this.#options.views.meeting(meeting, { relation: 'owner', answer: null })
  }
}

/** Whether a change can reach the people invited by email. */
function tellsInvitees({ title, schedule, description }: MeetingUpdateInput): boolean {
  return title !== undefined || schedule !== undefined || description !== undefined
}

/** Called before anything is stored: a refused invitation must leave no meeting behind. */
function assertNoneIsOwner({ invite = [] }: NewMeetingInput, owner: MeetingOwner | null): void {
  if (invite.some(({ email }) => email.toLowerCase() === owner?.email.toLowerCase()))
    throw new AppError('bad_request', 'invite: it is your own meeting, you need no invitation to it.')
}

/** A template that keeps meetings as long as any other says nothing about it: the administrators do. */
function withRetention(
  policy: MeetingPolicy,
  { retentionDays }: { readonly retentionDays: number },
): MeetingPolicy {
  return policy.retentionDays === DEFAULT_POLICY.retentionDays ? { ...policy, retentionDays } : policy
}

function hasBegun({ state, startedAt, endedAt }: StoredMeeting): boolean {
  return state === 'open' && startedAt !== null && endedAt === null
}

function assertNotCancelled({ state }: StoredMeeting): void {
  if (state === 'cancelled') throw new AppError('conflict', 'The meeting was cancelled.')
}

function changeable({
  id: _i,
  code: _c,
  createdAt: _a,
  owner: _o,
  version: _v,
  ...rest
}: StoredMeeting): MeetingChange {
  return rest
}

function given<T extends object>(input: T): Partial<{ [Key in keyof T]: Exclude<T[Key], undefined> }> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never
}

function notFound(): AppError {
  return new AppError('meeting_not_found', 'There is no such meeting.')
}

function versionChanged(): AppError {
  return new AppError('version_changed', 'The meeting was changed meanwhile. Read it again, then change it.')
}

import { UniqueConstraintViolationException } from '@mikro-orm/core'
import {
  DEFAULT_POLICY,
  MeetingCode,
  MeetingId,
  MeetingPolicy,
  MeetingSchedule,
  UserId,
} from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { InvitationRecord } from '../../db/entities/invitation-record.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { MembershipRecord } from '../../db/entities/membership-record.ts'
import { contains, searchKey } from '../../db/search-key.ts'
import type { MeetingChange, StoredMeeting, StoredState } from './meeting.ts'

/** Where a meeting stands in the lists of its people. */
export interface ListPlace {
  readonly past: boolean
  readonly at: Date
}

export interface MeetingsPage {
  readonly userId: UserId
  readonly past: boolean
  readonly search: string | undefined
  /** The last item of the page before. */
  readonly after: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

export interface ListedMeeting {
  readonly meeting: StoredMeeting
  readonly at: Date
  readonly relation: 'owner' | 'invited'
  readonly answer: string | null
}

export interface MeetingsStore {
  /** Tells whether the meeting was added; it is not when its code is taken. */
  add(meeting: StoredMeeting, place: ListPlace): Promise<boolean>
  findById(id: MeetingId): Promise<StoredMeeting | undefined>
  findByCode(code: MeetingCode): Promise<StoredMeeting | undefined>
  /** Tells whether it was changed; it is not when it has another version than `version` by now. */
  change(id: MeetingId, version: number, change: MeetingChange & Partial<ListPlace>): Promise<boolean>
  /** Notes what time or a call did to it; no change that a reader would have to know of. */
  settle(id: MeetingId, change: MeetingChange & Partial<ListPlace>): Promise<void>
  remove(id: MeetingId): Promise<void>
  /** Upcoming from the next on, past from the last back. */
  list(page: MeetingsPage): Promise<readonly ListedMeeting[]>
  /** What a user is in a meeting, and what they answered when they were invited. */
  relationOf(id: MeetingId, userId: UserId): Promise<Pick<ListedMeeting, 'relation' | 'answer'> | null>
  /** All that somebody owns. */
  listOwned(userId: UserId): Promise<readonly StoredMeeting[]>
  dueBefore(time: Date, limit: number): Promise<readonly StoredMeeting[]>
  remindBefore(time: Date, limit: number): Promise<readonly StoredMeeting[]>
}

export function createMeetingsStore(database: Pick<Database, 'fork'>): MeetingsStore {
  async function findMany(where: object, limit?: number): Promise<StoredMeeting[]> {
    const records = await database
      .fork()
      .find(MeetingRecord, where, { populate: ['owner'], ...(limit !== undefined && { limit }) })
    return records.map(toMeeting)
  }
  const findOne = async (where: object) => (await findMany(where, 1))[0]

  async function write(
    where: { readonly id: MeetingId; readonly version?: number },
    { past, at, ...change }: MeetingChange & Partial<ListPlace> & { version?: number },
  ): Promise<boolean> {
    return database.fork().transactional(async (tx) => {
      const count = await tx.nativeUpdate(MeetingRecord, where, toRow(change) as never)
      if (count === 0) return false
      if (past !== undefined && at !== undefined)
        await tx.nativeUpdate(MembershipRecord, { meeting: where.id }, { past, at })
      return true
    })
  }
  return {
    async add({ owner, ...meeting }, place) {
      try {
        await database.fork().transactional(async (tx) => {
          await tx.insert(MeetingRecord, { ...toRow(meeting), owner: owner?.id ?? null } as never)
          if (owner)
            await tx.insert(MembershipRecord, {
              user: owner.id,
              meeting: meeting.id,
              relation: 'owner',
              past: place.past,
              at: place.at,
            })
        })
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    findById: (id) => findOne({ id }),
    findByCode: (code) => findOne({ code }),

    change: (id, version, change) => write({ id, version }, { ...change, version: version + 1 }),
    async settle(id, change) {
      await write({ id }, change)
    },
    async remove(id) {
      await database.fork().nativeDelete(MeetingRecord, { id })
    },

    list: (page) => listPage(database, page),

    async relationOf(id, userId) {
      const em = database.fork()
      const member = await em.findOne(MembershipRecord, { user: userId, meeting: id })
      if (!member) return null
      const invitation = await em.findOne(InvitationRecord, { meeting: id, user: userId })
      return { relation: toRelation(member.relation), answer: invitation?.status ?? null }
    },

    listOwned: (userId) => findMany({ owner: userId }),
    dueBefore: (time, limit) => findMany({ dueAt: { $lte: time } }, limit),
    remindBefore: (time, limit) => findMany({ remindAt: { $lte: time } }, limit),
  }
}

async function listPage(
  database: Pick<Database, 'fork'>,
  { userId, past, search, after, limit }: MeetingsPage,
): Promise<ListedMeeting[]> {
  const em = database.fork()
  const order = past ? 'desc' : 'asc'
  const beyond = past ? '$lt' : '$gt'
  const members = await em.find(
    MembershipRecord,
    {
      user: userId,
      past,
      ...(search !== undefined && { meeting: contains('title_key', searchKey(search)) }),
      ...(after && {
        $or: [{ at: { [beyond]: after.at } }, { at: after.at, meeting: { id: { [beyond]: after.id } } }],
      }),
    },
    { orderBy: [{ at: order }, { meeting: { id: order } }], limit },
  )
  if (members.length === 0) return []
  const ids = members.map(({ meeting }) => meeting.id)
  const [records, invitations] = await Promise.all([
    em.find(MeetingRecord, { id: { $in: ids } }, { populate: ['owner'] }),
    em.find(InvitationRecord, { meeting: { $in: ids }, user: userId }),
  ])
  const meetings = new Map(records.map((record) => [record.id, toMeeting(record)]))
  const answers = new Map(invitations.map(({ meeting, status }) => [meeting.id, status]))
  return members.flatMap(({ meeting: { id }, at, relation }) => {
    const meeting = meetings.get(id)
    if (!meeting) return []
    return [{ meeting, at, relation: toRelation(relation), answer: answers.get(id) ?? null }]
  })
}

function toRelation(word: string): 'owner' | 'invited' {
  return word === 'owner' ? 'owner' : 'invited'
}

function toRow(change: MeetingChange): Record<string, unknown> {
  return change.title === undefined ? change : { ...change, titleKey: searchKey(change.title) }
}

function toMeeting(record: MeetingRecord): StoredMeeting {
  const owner = record.owner as { id: string; name: string; email: string } | null
  return {
    id: MeetingId.parse(record.id),
    code: MeetingCode.parse(record.code),
    title: record.title,
    createdAt: record.createdAt,
    owner: owner && { id: UserId.parse(owner.id), name: owner.name, email: owner.email },
    description: record.description ?? '',
    agenda: record.agenda ?? '',
    schedule: record.schedule ? MeetingSchedule.parse(record.schedule) : null,
    // A policy from before a setting was added has its default.
    policy: MeetingPolicy.parse({ ...DEFAULT_POLICY, ...record.policy }),
    passwordHash: record.passwordHash ?? null,
    state: record.state as StoredState,
    startedAt: record.startedAt ?? null,
    endedAt: record.endedAt ?? null,
    nextStartsAt: record.nextStartsAt ?? null,
    dueAt: record.dueAt ?? null,
    remindAt: record.remindAt ?? null,
    updatedAt: record.updatedAt ?? record.createdAt,
    version: record.version,
    sequence: record.sequence,
  }
}

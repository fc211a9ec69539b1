import { UniqueConstraintViolationException } from '@mikro-orm/core'
import {
  InvitationId,
  InvitationStatus,
  InvitedRole,
  MeetingId,
  MeetingSchedule,
  UserId,
} from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { InvitationRecord } from '../../db/entities/invitation-record.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { MembershipRecord } from '../../db/entities/membership-record.ts'
import { UserRecord } from '../../db/entities/user-record.ts'
import type { Position } from '../../platform/cursor.ts'
import type { StoredInvitation } from './invitation.ts'

export type InvitationChange = Partial<
  Pick<StoredInvitation, 'name' | 'role' | 'status' | 'note' | 'proposal' | 'answeredAt'>
>

export interface ReceivedPage {
  readonly userId: UserId
  readonly status: InvitationStatus | undefined
  readonly after: Position | null
  readonly limit: number
}

export interface InvitationsStore {
  /** Tells whether it was added; it is not when the address is invited already. */
  add(invitation: StoredInvitation): Promise<boolean>
  find(id: InvitationId): Promise<StoredInvitation | null>
  findFor(
    meetingId: MeetingId,
    who: { userId: UserId } | { id: InvitationId },
  ): Promise<StoredInvitation | null>
  listOf(meetingId: MeetingId): Promise<StoredInvitation[]>
  countOf(meetingId: MeetingId): Promise<number>
  /** Of meetings to come or on, latest first. */
  listReceived(page: ReceivedPage): Promise<StoredInvitation[]>
  listOfUser(userId: UserId): Promise<StoredInvitation[]>
  /** Changes it if it is (still) in one of these states; tells whether it was. */
  change(id: InvitationId, change: InvitationChange, from?: readonly InvitationStatus[]): Promise<boolean>
  /** Asks everyone again who answered, since the meeting moved. */
  askAgain(meetingId: MeetingId): Promise<void>
  /** Tells whether it was there. */
  remove(invitation: StoredInvitation): Promise<boolean>
  /** The account with this confirmed address. */
  accountWith(email: string): Promise<{ readonly id: UserId; readonly name: string } | null>
  /** Gives a user the invitations that were sent to their address. @returns those that are new to them */
  claim(userId: UserId, email: string): Promise<StoredInvitation[]>
}

export function createInvitationsStore(database: Pick<Database, 'fork'>): InvitationsStore {
  const list = async (where: object, options: object = {}) => {
    const records = await database.fork().find(InvitationRecord, where, {
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      ...options,
    })
    return records.map(toInvitation)
  }
  const findOne = async (where: object) => (await list(where, { limit: 1 }))[0] ?? null
  return {
    async add({ meetingId, userId, ...invitation }) {
      try {
        await database.fork().transactional(async (tx) => {
          const emailKey = keyOf(invitation.email)
          await tx.insert(InvitationRecord, {
            ...invitation,
            emailKey,
            meeting: meetingId,
            user: userId,
            proposal: invitation.proposal && { ...invitation.proposal },
          })
          if (userId) await tx.upsert(MembershipRecord, await membership(tx, meetingId, userId))
        })
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    find: (id) => findOne({ id }),
    findFor: (meetingId, who) =>
      findOne({ meeting: meetingId, ...('userId' in who ? { user: who.userId } : { id: who.id }) }),
    listOf: (meetingId) => list({ meeting: meetingId }),
    countOf: (meetingId) => database.fork().count(InvitationRecord, { meeting: meetingId }),
    async listReceived({ userId, status, after, limit }) {
      const older = after && {
        $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, id: { $lt: after.id } }],
      }
      const where = {
        user: userId,
        meeting: { state: 'open', $not: { schedule: null, dueAt: { $lt: new Date() } } },
        ...(status !== undefined && { status }),
        ...older,
      }
      return list(where, { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], limit })
    },
    listOfUser: (userId) => list({ user: userId }),
    async change(id, { proposal, ...change }, from) {
      const where = { id, ...(from && { status: { $in: from } }) }
      const row = { ...change, ...(proposal !== undefined && { proposal: proposal && { ...proposal } }) }
      return (await database.fork().nativeUpdate(InvitationRecord, where as never, row as never)) === 1
    },
    async askAgain(meetingId) {
      const where = {
        meeting: meetingId,
        status: { $in: ['accepted', 'declined', 'proposed'] },
      }
      const row = { status: 'pending', proposal: null, answeredAt: null }
      await database.fork().nativeUpdate(InvitationRecord, where as never, row as never)
    },
    remove: ({ id, meetingId, userId }) =>
      database.fork().transactional(async (tx) => {
        if ((await tx.nativeDelete(InvitationRecord, { id })) === 0) return false
        if (userId)
          await tx.nativeDelete(MembershipRecord, { user: userId, meeting: meetingId, relation: 'invited' })
        return true
      }),
    ...accountsOf(database),
  }
}

/** What invitations have to do with accounts. */
function accountsOf(database: Pick<Database, 'fork'>): Pick<InvitationsStore, 'accountWith' | 'claim'> {
  return {
    async accountWith(email) {
      const where = { emailKey: keyOf(email), emailVerifiedAt: { $ne: null }, state: 'active' }
      const user = await database.fork().findOne(UserRecord, where)
      return user && { id: UserId.parse(user.id), name: user.name }
    },
    claim: (userId, email) =>
      database.fork().transactional(async (tx) => {
        const records = await tx.find(InvitationRecord, { emailKey: keyOf(email), user: null })
        for (const { id, meeting } of records) {
          await tx.nativeUpdate(InvitationRecord, { id }, { user: userId })
          await tx.upsert(MembershipRecord, await membership(tx, MeetingId.parse(meeting.id), userId))
        }
        return records.map(toInvitation)
      }),
  }
}

type Transaction = ReturnType<Database['fork']>

async function membership(tx: Transaction, meetingId: MeetingId, userId: UserId) {
  const owner = await tx.findOne(MembershipRecord, { meeting: meetingId, relation: 'owner' })
  const { createdAt } = await tx.findOneOrFail(MeetingRecord, { id: meetingId })
  return {
    user: userId,
    meeting: meetingId,
    relation: 'invited',
    past: owner?.past ?? false,
    at: owner?.at ?? createdAt,
  }
}

function keyOf(email: string): string {
  return email.normalize('NFC').toLowerCase()
}

function toInvitation(record: InvitationRecord): StoredInvitation {
  return {
    id: InvitationId.parse(record.id),
    meetingId: MeetingId.parse(record.meeting.id),
    userId: record.user ? UserId.parse(record.user.id) : null,
    email: record.email,
    name: record.name ?? null,
    role: InvitedRole.parse(record.role),
    status: InvitationStatus.parse(record.status),
    note: record.note ?? null,
    proposal: record.proposal ? MeetingSchedule.parse(record.proposal) : null,
    answeredAt: record.answeredAt ?? null,
    createdAt: record.createdAt,
  }
}

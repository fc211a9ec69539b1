import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core'
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
import { addressKey, type StoredInvitation } from './invitation.ts'

export type InvitationChange = Partial<
  Pick<StoredInvitation, 'name' | 'role' | 'status' | 'note' | 'proposal' | 'answeredAt'>
>

export interface ReceivedPage {
  readonly userId: UserId
  readonly status: InvitationStatus | undefined
  readonly after: Position | null
  readonly limit: number
}

/** What an invitation has to be (still) for a change to happen. */
export interface InvitationBefore {
  readonly status: InvitationStatus
  readonly answeredAt: Date | null
}

export interface InvitationsStore {
  /** Tells whether it was added; it is not when the address is invited already, or the meeting is over or gone. */
  add(invitation: StoredInvitation): Promise<boolean>
  find(id: InvitationId): Promise<StoredInvitation | null>
  findFor(
    meetingId: MeetingId,
    who: { userId: UserId } | { id: InvitationId },
  ): Promise<StoredInvitation | null>
  listOf(meetingId: MeetingId): Promise<StoredInvitation[]>
  /** Of meetings to come or on, latest first. */
  listReceived(page: ReceivedPage): Promise<StoredInvitation[]>
  listOfUser(userId: UserId): Promise<StoredInvitation[]>
  /** Changes it if it is (still) as it was `before`; tells whether it was. */
  change(id: InvitationId, change: InvitationChange, before?: InvitationBefore): Promise<boolean>
  /** Asks everyone again who answered, since the meeting moved; those of `agreed` wanted it so, and have accepted `at`. */
  askAgain(meetingId: MeetingId, agreed: readonly InvitationId[], at: Date): Promise<void>
  /** @returns what was removed; null when somebody else was quicker */
  remove(id: InvitationId): Promise<StoredInvitation | null>
  /** The account with this confirmed address. */
  accountWith(email: string): Promise<{ readonly id: UserId; readonly name: string } | null>
  /** Gives a user the invitations that were sent to their address. @returns those that are new to them */
  claim(user: InvitedUser): Promise<StoredInvitation[]>
}

export interface InvitedUser {
  readonly id: UserId
  readonly email: string
  readonly name: string
}

type Forks = Pick<Database, 'fork'>
type Transaction = ReturnType<Database['fork']>

export function createInvitationsStore(database: Forks): InvitationsStore {
  const findOne = async (where: object) => (await listOf(database, where, { limit: 1 }))[0] ?? null
  return {
    async add(invitation) {
      try {
        return await database.fork().transactional((tx) => insert(tx, invitation))
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    find: (id) => findOne({ id }),
    findFor: (meetingId, who) =>
      findOne({ meeting: meetingId, ...('userId' in who ? { user: who.userId } : { id: who.id }) }),
    listOf: (meetingId) => listOf(database, { meeting: meetingId }),
    listReceived: (page) => listReceived(database, page),
    listOfUser: (userId) => listOf(database, { user: userId }),
    async change(id, { proposal, ...change }, before) {
      const where = { id, ...before }
      const row = { ...change, ...(proposal !== undefined && { proposal: proposal && { ...proposal } }) }
      return (await database.fork().nativeUpdate(InvitationRecord, where as never, row as never)) === 1
    },
    askAgain: (meetingId, agreed, at) =>
      database.fork().transactional(async (tx) => {
        await lockMeeting(tx, meetingId)
        const asked = { meeting: meetingId, id: { $nin: [...agreed] }, status: { $ne: 'pending' } }
        await tx.nativeUpdate(InvitationRecord, asked, {
          status: 'pending',
          proposal: null,
          answeredAt: null,
        })
        if (agreed.length > 0)
          await tx.nativeUpdate(
            InvitationRecord,
            { id: { $in: [...agreed] }, meeting: meetingId },
            { status: 'accepted', proposal: null, answeredAt: at },
          )
      }),
    remove: (id) => database.fork().transactional((tx) => remove(tx, id)),
    async accountWith(email) {
      const where = { emailKey: addressKey(email), emailVerifiedAt: { $ne: null }, state: 'active' }
      const user = await database.fork().findOne(UserRecord, where)
      return user && { id: UserId.parse(user.id), name: user.name }
    },
    async claim(user) {
      const emailKey = addressKey(user.email)
      const sent = await listOf(database, { emailKey, user: null })
      const claimed: StoredInvitation[] = []
      for (const invitation of sent) {
        if (await database.fork().transactional((tx) => give(tx, invitation, user)))
          claimed.push({ ...invitation, userId: user.id, name: invitation.name ?? user.name })
      }
      return claimed
    },
  }
}

async function listOf(database: Forks, where: object, options: object = {}): Promise<StoredInvitation[]> {
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const
  const records = await database.fork().find(InvitationRecord, where, { orderBy: [...orderBy], ...options })
  return records.map(toInvitation)
}

async function listReceived(database: Forks, page: ReceivedPage): Promise<StoredInvitation[]> {
  const { userId, status, after, limit } = page
  const em = database.fork()
  const toCome = em
    .createQueryBuilder(MembershipRecord, 'm')
    .select('meeting')
    .where({ user: userId, past: false })
  const older = after && {
    createdAt: { $lte: after.at },
    $or: [{ createdAt: { $lt: after.at } }, { id: { $lt: after.id } }],
  }
  const where = { user: userId, meeting: { $in: toCome }, ...(status !== undefined && { status }), ...older }
  const records = await em.find(InvitationRecord, where as never, {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    limit,
  })
  return records.map(toInvitation)
}

async function insert(tx: Transaction, invitation: StoredInvitation): Promise<boolean> {
  const { meetingId, userId, proposal, ...rest } = invitation
  const meeting = await lockMeeting(tx, meetingId)
  if (meeting?.state !== 'open') return false
  await tx.insert(InvitationRecord, {
    ...rest,
    emailKey: addressKey(rest.email),
    meeting: meetingId,
    user: userId,
    proposal: proposal && { ...proposal },
  })
  if (userId) await join(tx, meeting, userId)
  return true
}

/** Tells whether it was (still) there to be given. */
async function give(tx: Transaction, invitation: StoredInvitation, user: InvitedUser): Promise<boolean> {
  const { id, meetingId, name } = invitation
  const meeting = await lockMeeting(tx, meetingId)
  if (!meeting) return false
  const change = { user: user.id, name: name ?? user.name }
  if ((await tx.nativeUpdate(InvitationRecord, { id, user: null }, change)) === 0) return false
  await join(tx, meeting, user.id)
  return true
}

async function remove(tx: Transaction, id: InvitationId): Promise<StoredInvitation | null> {
  const found = await tx.findOne(InvitationRecord, { id }, { fields: ['meeting'] })
  // It may just be given to an account, which is to lose it then.
  if (!found || !(await lockMeeting(tx, MeetingId.parse(found.meeting.id)))) return null
  const record = await tx.findOne(InvitationRecord, { id }, { refresh: true })
  if (!record) return null
  const invitation = toInvitation(record)
  await tx.nativeDelete(InvitationRecord, { id })
  const { userId: user, meetingId: meeting } = invitation
  if (user) await tx.nativeDelete(MembershipRecord, { user, meeting, relation: 'invited' })
  return invitation
}

/**
 * Until the end of the transaction nobody moves, ends or cancels the meeting. Whoever changes several of its rows begins
 * with this one: none then waits for another who waits for them.
 */
function lockMeeting(tx: Transaction, id: MeetingId): Promise<MeetingRecord | null> {
  return tx.findOne(MeetingRecord, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
}

/** Puts a meeting into the list of a user, at the place that it has in the list of its owner. */
async function join(tx: Transaction, meeting: MeetingRecord, user: UserId): Promise<void> {
  const { id, owner, createdAt } = meeting
  if (await tx.findOne(MembershipRecord, { user, meeting: id })) return
  const owned = owner && (await tx.findOne(MembershipRecord, { user: owner.id, meeting: id }))
  const { past, at } = owned ?? { past: false, at: createdAt }
  await tx.insert(MembershipRecord, { user, meeting: id, relation: 'invited', past, at })
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

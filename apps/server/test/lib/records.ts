import { randomUUID } from 'node:crypto'
import { formatMeetingCode, MEETING_CODE_ALPHABET, MeetingId, UserId } from '@video-meet/protocol'
import type { Database } from '../../src/db/database.ts'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { MembershipRecord } from '../../src/db/entities/membership-record.ts'
import { UserRecord } from '../../src/db/entities/user-record.ts'

const CREATED_AT = new Date('2026-03-04T05:06:07.089Z')
const letter = () => MEETING_CODE_ALPHABET[Math.floor(Math.random() * MEETING_CODE_ALPHABET.length)]

/** An account as the database keeps it, with a confirmed address unless `row` says otherwise. */
export async function insertUser(database: Database, row: object = {}): Promise<UserId> {
  const id = UserId.parse(randomUUID())
  await database.fork().insert(UserRecord, {
    id,
    email: `${id}@example.org`,
    emailKey: `${id}@example.org`,
    emailVerifiedAt: CREATED_AT,
    name: 'Ana',
    language: 'en',
    timeZone: 'UTC',
    role: 'user',
    state: 'active',
    createdAt: CREATED_AT,
    ...row,
  })
  return id
}

/** An open meeting as the database keeps it, in the list of its owner if it has one. */
export async function insertMeeting(
  database: Database,
  row: { readonly owner?: UserId } & Record<string, unknown> = {},
): Promise<MeetingId> {
  const id = MeetingId.parse(randomUUID())
  const em = database.fork()
  await em.insert(MeetingRecord, {
    id,
    code: formatMeetingCode(Array.from({ length: 14 }, letter).join('')),
    title: 'Weekly planning',
    createdAt: CREATED_AT,
    ...row,
  } as never)
  if (row.owner)
    await em.insert(MembershipRecord, {
      user: row.owner,
      meeting: id,
      relation: 'owner',
      past: false,
      at: CREATED_AT,
    })
  return id
}

import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { UserId, UserRole } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { AvatarRecord } from '../../db/entities/avatar-record.ts'
import { SettingRecord } from '../../db/entities/setting-record.ts'
import { UserRecord } from '../../db/entities/user-record.ts'
import { contains, searchKey } from '../../db/search-key.ts'
import type { Position } from '../../platform/cursor.ts'

/** An account as it is kept. */
export interface StoredUser {
  readonly id: UserId
  readonly email: string
  readonly emailVerifiedAt: Date | null
  readonly name: string
  /** PHC string; null until the owner has set a password. */
  readonly passwordHash: string | null
  readonly language: string
  readonly timeZone: string
  readonly role: UserRole
  readonly state: 'active' | 'disabled'
  readonly avatarVersion: string | null
  readonly createdAt: Date
  readonly lastSeenAt: Date | null
}

export type UserChange = Partial<Omit<StoredUser, 'id' | 'email' | 'createdAt'>>

export interface UsersStore {
  /** Tells whether the account was added; it is not when the address is taken. The first one is an administrator. */
  add(user: StoredUser): Promise<StoredUser | null>
  findById(id: UserId): Promise<StoredUser | null>
  findByEmail(email: string): Promise<StoredUser | null>
  change(id: UserId, change: UserChange): Promise<void>
  /**
   * Sets a password, unless it was changed or the account was disabled since `user` was read.
   *
   * @returns whether it did
   */
  setPassword(
    user: Pick<StoredUser, 'id' | 'passwordHash'>,
    change: { readonly passwordHash: string; readonly emailVerifiedAt?: Date },
  ): Promise<boolean>
  /**
   * Changes or removes an account unless that would leave no active administrator.
   *
   * @returns whether it did
   */
  changeIfAdministratorStays(id: UserId, change: UserChange | 'remove'): Promise<boolean>
  /** Whether no administrator would be left without this account. */
  isLastAdministrator(id: UserId): Promise<boolean>
  list(page: {
    readonly search: string | undefined
    readonly after: Position | null
    readonly limit: number
  }): Promise<StoredUser[]>
  isEmpty(): Promise<boolean>
  avatarOf(id: UserId): Promise<Buffer | null>
  setAvatar(id: UserId, image: Buffer | null, version: string | null): Promise<void>
}

const ACTIVE_ADMINISTRATORS = { role: 'administrator', state: 'active' } as const

export function createUsersStore(database: Pick<Database, 'fork'>): UsersStore {
  async function findOne(where: object): Promise<StoredUser | null> {
    const record = await database.fork().findOne(UserRecord, where)
    return record && toUser(record)
  }
  return {
    async add(user) {
      // Of two who are first at once, one fails at the mark that the other leaves, and comes second.
      for (const mayBeFirst of [true, false]) {
        try {
          return await database.fork().transactional((tx) => insert(tx, user, mayBeFirst))
        } catch (error) {
          if (!(error instanceof UniqueConstraintViolationException)) throw error
        }
      }
      return null
    },
    findById: (id) => findOne({ id }),
    findByEmail: (email) => findOne({ emailKey: emailKey(email) }),
    async change(id, change) {
      await database.fork().nativeUpdate(UserRecord, { id }, toRow(change) as never)
    },
    async setPassword({ id, passwordHash }, change) {
      return (
        (await database.fork().nativeUpdate(UserRecord, { id, passwordHash, state: 'active' }, change)) === 1
      )
    },
    async isLastAdministrator(id) {
      const administrators = await database.fork().find(UserRecord, ACTIVE_ADMINISTRATORS, { limit: 2 })
      return administrators.length === 1 && administrators[0]?.id === id
    },
    changeIfAdministratorStays: (id, change) =>
      database.fork().transactional(async (tx) => {
        // Whoever would take away another administrator's rights at the same time waits here.
        const lockMode = LockMode.PESSIMISTIC_WRITE
        const administrators = await tx.find(UserRecord, ACTIVE_ADMINISTRATORS, { lockMode })
        if (administrators.length === 1 && administrators[0]?.id === id) return false
        if (change === 'remove') await tx.nativeDelete(UserRecord, { id })
        else await tx.nativeUpdate(UserRecord, { id }, toRow(change) as never)
        return true
      }),
    async list({ search, after, limit }) {
      const records = await database.fork().find(
        UserRecord,
        {
          $and: [
            search === undefined
              ? {}
              : {
                  $or: [
                    contains('email_key', emailKey(search)),
                    contains('name_key', searchKey(search)),
                    // The key of a row from before may not be written yet.
                    { nameKey: null, ...contains('name', search) },
                  ] as never,
                },
            after
              ? { $or: [{ createdAt: { $gt: after.at } }, { createdAt: after.at, id: { $gt: after.id } }] }
              : {},
          ],
        },
        { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], limit },
      )
      return records.map(toUser)
    },
    async isEmpty() {
      return (await database.fork().find(UserRecord, {}, { fields: ['id'], limit: 1 })).length === 0
    },
    async avatarOf(id) {
      const record = await database.fork().findOne(AvatarRecord, { user: id })
      return record && Buffer.from(record.image)
    },
    setAvatar: (id, image, version) =>
      database.fork().transactional(async (tx) => {
        // First: whoever sets another picture at the same time waits here.
        await tx.nativeUpdate(UserRecord, { id }, { avatarVersion: version })
        await tx.nativeDelete(AvatarRecord, { user: id })
        if (image) await tx.insert(AvatarRecord, { user: id, image })
      }),
  }
}

const FIRST_ACCOUNT = 'first-account'

async function insert(tx: SqlEntityManager, user: StoredUser, mayBeFirst: boolean): Promise<StoredUser> {
  const isFirst = mayBeFirst && (await tx.findOne(SettingRecord, { name: FIRST_ACCOUNT })) === null
  if (isFirst) await tx.insert(SettingRecord, { name: FIRST_ACCOUNT, value: user.id })
  const added: StoredUser = isFirst ? { ...user, role: 'administrator' } : user
  await tx.insert(UserRecord, { ...added, nameKey: searchKey(added.name), emailKey: emailKey(user.email) })
  return added
}

function toRow(change: UserChange): Record<string, unknown> {
  return change.name === undefined ? change : { ...change, nameKey: searchKey(change.name) }
}

/** What makes two addresses the same. */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase()
}

function toUser(record: UserRecord): StoredUser {
  return {
    id: UserId.parse(record.id),
    email: record.email,
    emailVerifiedAt: record.emailVerifiedAt ?? null,
    name: record.name,
    passwordHash: record.passwordHash ?? null,
    language: record.language,
    timeZone: record.timeZone,
    role: UserRole.parse(record.role),
    state: record.state === 'disabled' ? 'disabled' : 'active',
    avatarVersion: record.avatarVersion ?? null,
    createdAt: record.createdAt,
    lastSeenAt: record.lastSeenAt ?? null,
  }
}

import type { ManagedUser, User } from '@video-meet/protocol'
import type { StoredUser } from './users-store.ts'

/** An account as its owner sees it. */
export function toUser(user: StoredUser): User {
  const { id, email, emailVerifiedAt, name, language, timeZone, role, createdAt } = user
  return {
    id,
    email,
    emailVerified: emailVerifiedAt !== null,
    name,
    language,
    timeZone,
    role,
    avatar: avatarPath(user),
    createdAt: createdAt.toISOString(),
  }
}

/** An account as administrators see it. */
export function toManagedUser(user: StoredUser): ManagedUser {
  return { ...toUser(user), state: user.state, lastSeenAt: user.lastSeenAt?.toISOString() ?? null }
}

/** Where the picture of an account is; null without one. */
export function avatarPath({ id, avatarVersion }: Pick<StoredUser, 'id' | 'avatarVersion'>): string | null {
  return avatarVersion === null ? null : `/api/v1/users/${id}/avatar?v=${avatarVersion}`
}

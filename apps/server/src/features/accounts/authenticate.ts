import type { UserId } from '@video-meet/protocol'
import type { Principal } from '../../http/principal.ts'
import type { AccessTokens } from './access-tokens.ts'
import { ApiTokens } from './api-tokens.ts'
import type { Sessions } from './sessions.ts'
import { avatarPath } from './user-views.ts'
import type { UsersStore } from './users-store.ts'

/** Who calls, with what a room shows of them. */
export interface KnownPrincipal extends Principal {
  readonly avatar: string | null
}

export interface AuthenticateOptions {
  readonly store: UsersStore
  readonly sessions: Sessions
  readonly accessTokens: AccessTokens
  readonly apiTokens: ApiTokens
}

/** Tells whose token it is. Asks the database each time, so that whoever was shut out is so at once, on every node. */
export function createAuthenticate(
  options: AuthenticateOptions,
): (token: string) => Promise<KnownPrincipal | null> {
  const { store, sessions, accessTokens, apiTokens } = options

  async function principal(
    userId: UserId,
    part: Pick<Principal, 'sessionId' | 'scopes' | 'provedAt'>,
  ): Promise<KnownPrincipal | null> {
    const user = await store.findById(userId)
    if (!user || user.state === 'disabled') return null
    return { userId, name: user.name, role: user.role, avatar: avatarPath(user), ...part }
  }

  return async (token) => {
    if (ApiTokens.looksLikeOne(token)) {
      const kept = await apiTokens.recognise(token)
      return kept && principal(kept.userId, { sessionId: null, provedAt: null, scopes: kept.scopes })
    }
    const claim = await accessTokens.read(token)
    const session = claim && (await sessions.find(claim.sessionId))
    if (!claim || session?.userId !== claim.userId) return null
    const provedAt = session.confirmedAt ?? session.createdAt
    return principal(claim.userId, { sessionId: session.id, provedAt, scopes: null })
  }
}

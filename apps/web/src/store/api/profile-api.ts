import {
  changePassword,
  deleteAvatar,
  endSession,
  getMe,
  getServerInfo,
  listApiTokens,
  listSessions,
  requestEmailVerification,
  revokeApiToken,
  setAvatar,
  updateMe,
  type User,
} from '@video-meet/protocol'
import type { Account } from '../../lib/session.ts'
import { api } from './api.ts'
import { fromRoutes } from './routes.ts'

interface Answered {
  readonly queryFulfilled: Promise<{ data: User }>
  readonly extra: unknown
}

/** The session knows who is signed in: what changes the account is told to it. */
async function tellSession(_: unknown, { queryFulfilled, extra }: Answered): Promise<void> {
  try {
    const { data } = await queryFulfilled
    ;(extra as Account).session.userChanged(data)
  } catch {
    // Whoever called sees the failure.
  }
}

/** The own account. */
export const profileApi = api.injectEndpoints({
  endpoints(build) {
    const { read, change } = fromRoutes(build)
    return {
      serverInfo: read(getServerInfo, ['Server']),
      me: { ...read(getMe, []), onQueryStarted: tellSession },
      updateMe: { ...change(updateMe, []), onQueryStarted: tellSession },
      setAvatar: { ...change(setAvatar, []), onQueryStarted: tellSession },
      deleteAvatar: { ...change(deleteAvatar, []), onQueryStarted: tellSession },
      changePassword: change(changePassword, ['Session', 'ApiToken']),
      requestEmailVerification: change(requestEmailVerification, []),
      sessions: read(listSessions, ['Session']),
      endSession: change(endSession, ['Session']),
      apiTokens: read(listApiTokens, ['ApiToken']),
      revokeApiToken: change(revokeApiToken, ['ApiToken']),
    }
  },
})

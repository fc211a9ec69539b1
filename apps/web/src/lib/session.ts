import { type AuthSession, createAuthSession, createRestClient, type RestClient } from '@video-meet/client'

/** What a page needs to act for the person at this browser. */
export interface Account {
  readonly session: AuthSession
  /** Calls with the person's token, or as a stranger when nobody is signed in. */
  readonly rest: RestClient
}

/** One per page load: two sessions would renew the same cookie against each other. */
export const account: Account = createAccount()

function createAccount(): Account {
  const session = createAuthSession({ rest: createRestClient() })
  return { session, rest: createRestClient({ accessToken: session.accessToken }) }
}

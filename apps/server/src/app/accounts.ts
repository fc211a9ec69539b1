import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { createAccessTokens } from '../features/accounts/access-tokens.ts'
import type { AccountsOptions } from '../features/accounts/accounts-options.ts'
import { Accounts } from '../features/accounts/accounts.ts'
import { Administration } from '../features/accounts/administration.ts'
import { createApiTokensStore } from '../features/accounts/api-tokens-store.ts'
import { ApiTokens } from '../features/accounts/api-tokens.ts'
import { createAuthenticate } from '../features/accounts/authenticate.ts'
import { createKnownDevicesStore } from '../features/accounts/known-devices-store.ts'
import { KnownDevices } from '../features/accounts/known-devices.ts'
import { createAccountLetters } from '../features/accounts/letters.ts'
import { createMailLinks } from '../features/accounts/mail-links.ts'
import { createMailTokensStore } from '../features/accounts/mail-tokens-store.ts'
import { createPasswords } from '../features/accounts/passwords.ts'
import { createRefreshTokens } from '../features/accounts/refresh-tokens.ts'
import { createSessionsStore } from '../features/accounts/sessions-store.ts'
import { Sessions } from '../features/accounts/sessions.ts'
import { SignInThrottle } from '../features/accounts/sign-in-throttle.ts'
import { createUsersStore } from '../features/accounts/users-store.ts'
import { derivedKey } from '../platform/derived-key.ts'

type Ports = Pick<
  AccountsOptions,
  'settings' | 'mailKind' | 'sendLetter' | 'invitedAddress' | 'onConfirmed' | 'removeOwned'
>

export interface AccountsParts extends Ports {
  readonly config: Config
  readonly database: Database
  readonly secretKey: Uint8Array
}

/** Puts together what accounts are made of. */
export function assembleAccounts({ config, database, secretKey, ...ports }: AccountsParts) {
  const store = createUsersStore(database)
  const mailTokens = createMailTokensStore(database)
  const apiTokens = new ApiTokens(createApiTokensStore(database))
  const accessTokens = createAccessTokens(derivedKey(secretKey, 'access tokens'))
  const tokens = createRefreshTokens(derivedKey(secretKey, 'refresh tokens'))
  const sessions = new Sessions({ store: createSessionsStore(database), tokens })
  const devices = new KnownDevices(createKnownDevicesStore(database))
  const passwords = createPasswords()
  const shared = {
    ...ports,
    store,
    sessions,
    mailLinks: createMailLinks({ store: mailTokens, findUser: (id) => store.findById(id) }),
    letters: createAccountLetters(config.publicUrl),
  }
  return {
    store,
    sessions,
    passwords,
    apiTokens,
    accounts: new Accounts({
      ...shared,
      passwords,
      accessTokens,
      apiTokens,
      devices,
      throttle: new SignInThrottle(),
    }),
    administration: new Administration(shared),
    authenticate: createAuthenticate({ store, sessions, accessTokens, apiTokens }),
    async forgetOld() {
      await sessions.forgetOld()
      await devices.forgetOld()
      await mailTokens.removeExpired(new Date())
    },
  }
}

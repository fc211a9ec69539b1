import type { UserId } from '@video-meet/protocol'
import type { AccessTokens } from './access-tokens.ts'
import type { ApiTokens } from './api-tokens.ts'
import type { KnownDevices } from './known-devices.ts'
import type { AccountLetter, AccountLetters, AccountMailPurpose } from './letters.ts'
import type { MailLinks } from './mail-links.ts'
import type { Passwords } from './passwords.ts'
import type { Sessions } from './sessions.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'
import type { UsersStore } from './users-store.ts'

/**
 * Sends an email about an account, which `write` composes only if it may go out.
 *
 * @returns whether it may: each purpose has a limit per recipient
 */
export type SendLetter = (
  to: { readonly address: string; readonly name: string },
  purpose: AccountMailPurpose,
  write: () => AccountLetter | Promise<AccountLetter>,
) => Promise<boolean>

export interface AccountsOptions {
  readonly store: UsersStore
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly accessTokens: AccessTokens
  readonly mailLinks: MailLinks
  readonly letters: AccountLetters
  readonly throttle: SignInThrottle
  readonly devices: KnownDevices
  readonly apiTokens: Pick<ApiTokens, 'endAll'>
  readonly settings: { readonly signUp: 'open' | 'invited' | 'closed' }
  /** `outbox`: emails don't reach anyone, so nothing can depend on them. */
  readonly mailKind: 'smtp' | 'outbox'
  readonly sendLetter: SendLetter
  /** The address that the link of an invitation was sent to; null when the link isn't valid. */
  readonly invitedAddress: (invitationToken: string) => Promise<string | null>
  /** The owner of an account has proved that they read its email. */
  readonly onConfirmed: (user: {
    readonly id: UserId
    readonly email: string
    readonly name: string
  }) => Promise<void>
  /**
   * Deletes what an account owns, with everything that follows from it: live calls end, invited people get a cancellation.
   * The database would delete the rows alone.
   */
  readonly removeOwned: (user: { readonly id: UserId; readonly name: string }) => Promise<void>
  readonly now?: () => Date
}

import { unlessAborted } from './core/abort.ts'

/** With what a person shows who they are at the door of a meeting; without any of it they are a guest. */
export interface JoinCredentials {
  /** Of the account, good at this moment; null when nobody is signed in. Asked again at each reconnect. */
  readonly accessToken?: () => Promise<string | null>
  /** From the personal link of an invitation. */
  readonly invitationToken?: string
  /** Made from the code that was emailed to the invited address: takes the place of who uses the link already. */
  readonly invitationProof?: string
  /** Takes that place with the account that is invited. */
  readonly takeOver?: boolean
  /** Of who made the meeting without an account. */
  readonly hostToken?: string
  /** Of a meeting that has one. */
  readonly password?: string
}

/** Keeps the token by which the server knows a guest again, in all tabs and after a reload. */
export interface GuestToken {
  get(): string | undefined
  set(token: string): void
}

const KEY = 'video-meet.guest'

/** @param storage how to get at the storage; pages that may store nothing throw here, and live without */
export function createGuestToken(storage: () => Storage = () => localStorage): GuestToken {
  let memory: string | undefined
  return {
    get() {
      try {
        return storage().getItem(KEY) ?? memory
      } catch {
        return memory
      }
    },
    set(token) {
      memory = token
      try {
        storage().setItem(KEY, token)
      } catch {
        // Storage is switched off or full; `memory` serves until the page goes.
      }
    },
  }
}

/** What of the credentials goes to the server now. An account takes the place of the guest. */
export async function proofsFrom(
  { accessToken, ...given }: JoinCredentials,
  guestToken: GuestToken,
  signal: AbortSignal,
) {
  const ofAccount = await unlessAborted(Promise.resolve(accessToken?.()), signal)
  const guest = guestToken.get()
  return {
    ...(ofAccount ? { accessToken: ofAccount } : guest !== undefined && { guestToken: guest }),
    ...given,
  }
}

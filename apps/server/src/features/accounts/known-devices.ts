import type { UserId } from '@video-meet/protocol'
import { addressBlock } from '../../platform/client-address.ts'
import { hashOfToken, randomToken } from '../../platform/secret-token.ts'
import type { KnownDevicesStore } from './known-devices-store.ts'
import type { Device } from './sessions.ts'

const DAY_MS = 86_400_000
/** A device that nobody signed in from for so long is unknown again. */
export const DEVICE_LIFETIME_MS = 365 * DAY_MS
const MAX_OF_ACCOUNT = 50
const COOKIE = /^[\w-]{43}$/

/** The account's record of the browser that wants to sign in. */
export interface Familiarity {
  /** Identifies the browser; null for one that never signed in to this account. */
  readonly deviceHash: string | null
  /** Whether the account was signed in to from this network before. */
  readonly isKnownNetwork: boolean
}

const STRANGE: Familiarity = { deviceHash: null, isKnownNetwork: false }

/**
 * The browsers and networks from which people have signed in. A browser is recognized by a long-lived cookie with a
 * random value, of which the server keeps the hash for each account.
 */
export class KnownDevices {
  readonly #store: KnownDevicesStore
  readonly #now: () => Date

  constructor(store: KnownDevicesStore, now: () => Date = () => new Date()) {
    this.#store = store
    this.#now = now
  }

  async recognize(userId: UserId | undefined, { cookie, address }: Device): Promise<Familiarity> {
    if (userId === undefined) return STRANGE
    const known = await this.#store.listOf(userId)
    const deviceHash = cookie !== undefined && COOKIE.test(cookie) ? hashOfToken(cookie) : null
    const network = addressBlock(address)
    return {
      deviceHash: known.some((device) => device.deviceHash === deviceHash) ? deviceHash : null,
      isKnownNetwork: known.some((device) => device.network === network),
    }
  }

  /** @returns the content of the cookie by which the browser is recognized from now on */
  async remember(userId: UserId, { cookie, address }: Device): Promise<string> {
    const value = cookie !== undefined && COOKIE.test(cookie) ? cookie : randomToken()
    const device = { deviceHash: hashOfToken(value), network: addressBlock(address) }
    await this.#store.remember(userId, device, { at: this.#now(), limit: MAX_OF_ACCOUNT })
    return value
  }

  forgetAll(userId: UserId): Promise<void> {
    return this.#store.removeOf(userId)
  }

  forgetOld(): Promise<void> {
    return this.#store.removeUnusedSince(new Date(this.#now().getTime() - DEVICE_LIFETIME_MS))
  }
}

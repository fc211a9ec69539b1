import { createHmac } from 'node:crypto'
import type { IceServerList, ParticipantId } from '@video-meet/protocol'

export interface IceServersOptions {
  readonly stunUrls: readonly string[]
  readonly turnUrls: readonly string[]
  /** What the TURN servers know; the first is used. */
  readonly turnSecrets: readonly string[]
}

/** The servers for a person who has been let in. */
export type IssueIceServers = (participantId: ParticipantId) => IceServerList

/** The servers for somebody who tests their connection: good for no longer than a test takes. */
export type IssueTestIceServers = (lifetimeS: number) => IceServerList

const HALF_LIFE_S = 1800

/**
 * Makes credentials as the TURN REST API has them and coturn checks them (`use-auth-secret`): the user name says until
 * when they are good, the password is its HMAC.
 *
 * TURN servers count by user name what one person takes. So it changes twice an hour and not with every request; a
 * credential is good for half an hour at least and an hour at most.
 */
export function createIceServers(options: IceServersOptions, now: () => number = Date.now): IssueIceServers {
  const { stunUrls, turnUrls, turnSecrets } = options
  const stun = stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }]
  const [secret] = turnSecrets
  if (secret === undefined || turnUrls.length === 0) return () => ({ servers: stun, lifetimeSeconds: null })
  return (participantId) => {
    const seconds = Math.floor(now() / 1000)
    const expiry = (Math.floor(seconds / HALF_LIFE_S) + 2) * HALF_LIFE_S
    const { username, credential } = sign(`${expiry}:${participantId}`, secret)
    return {
      servers: [...stun, { urls: [...turnUrls], username, credential }],
      lifetimeSeconds: expiry - seconds,
    }
  }
}

/** Those who test have not been let in anywhere: one name for all of them, and one that is soon worth nothing. */
export function createTestIceServers(
  options: IceServersOptions,
  now: () => number = Date.now,
): IssueTestIceServers {
  const { stunUrls, turnUrls, turnSecrets } = options
  const stun = stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }]
  const [secret] = turnSecrets
  if (secret === undefined || turnUrls.length === 0) return () => ({ servers: stun, lifetimeSeconds: null })
  return (lifetimeS) => {
    const expiry = Math.floor(now() / 1000) + lifetimeS
    return {
      servers: [...stun, { urls: [...turnUrls], ...sign(`${expiry}:test`, secret) }],
      lifetimeSeconds: lifetimeS,
    }
  }
}

function sign(username: string, secret: string): { readonly username: string; readonly credential: string } {
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

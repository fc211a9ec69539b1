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
    const username = `${expiry}:${participantId}`
    const credential = createHmac('sha1', secret).update(username).digest('base64')
    return {
      servers: [...stun, { urls: [...turnUrls], username, credential }],
      lifetimeSeconds: expiry - seconds,
    }
  }
}

import type { TopologyMode, TopologyReason } from '@video-meet/protocol'

/** What of a person bears on how media can flow. */
export interface PersonFacts {
  /** Their client can hold links. */
  readonly canLink: boolean
  /** They may be heard and seen. */
  readonly sends: boolean
  /** A moderator stopped something of theirs that they have not started again since. */
  readonly isStopped: boolean
  readonly isPhone: boolean
  /** They cannot send to each of the others. */
  readonly isLimited: boolean
}

export interface CallFacts {
  /** The setting of the server or the meeting: always through the server. */
  readonly serverOnly: boolean
  /** People among whom each may send to each. */
  readonly meshMax: number
  /** A link between two who are here has failed. */
  readonly linkFailed: boolean
  readonly people: readonly PersonFacts[]
}

export interface TopologyChoice {
  readonly mode: TopologyMode
  readonly reason: TopologyReason
}

/** How media should flow in a call. Whatever speaks for the server outweighs everything else. */
export function chooseTopology(facts: CallFacts): TopologyChoice {
  const reason = reasonForServer(facts)
  if (reason) return { mode: 'sfu', reason }
  return { mode: facts.people.length > 2 ? 'mesh' : 'direct', reason: 'few_people' }
}

/** The reason to show when there are several: the one that lasts longest comes first. */
function reasonForServer({ serverOnly, meshMax, linkFailed, people }: CallFacts): TopologyReason | null {
  if (serverOnly) return 'setting'
  if (people.length > meshMax) return 'many_people'
  if (people.some(({ canLink }) => !canLink)) return 'no_links'
  if (people.some(({ sends }) => !sends)) return 'receive_only'
  if (people.length > 2 && people.some(({ isPhone }) => isPhone)) return 'phone'
  if (people.some(({ isStopped }) => isStopped)) return 'moderation'
  if (linkFailed) return 'link_failed'
  if (people.some(({ isLimited }) => isLimited)) return 'limited'
  return null
}

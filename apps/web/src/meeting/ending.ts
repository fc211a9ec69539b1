const WORDED = [
  'left',
  'not_waiting',
  'unreachable',
  'meeting_ended',
  'signed_out',
  'removed',
  'banned',
] as const

/** The ends of a stay, and of waiting, that have words of their own; `ended` is any other. */
export type EndedReason = (typeof WORDED)[number] | 'ended'

/** How a stay ended. */
export interface Ending {
  readonly reason: EndedReason
  /** Name of the person who did it. */
  readonly by?: string | undefined
  /** Why, in their words. */
  readonly note?: string | undefined
}

export function isWorded(reason: string): reason is (typeof WORDED)[number] {
  return (WORDED as readonly string[]).includes(reason)
}

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

/** How somebody was sent out. */
export interface Sent {
  /** Name of the person who did it. */
  readonly by?: string | undefined
  /** Why, in their words. */
  readonly note?: string | undefined
}

/** How a stay ended. */
export interface Ending extends Sent {
  readonly reason: EndedReason
}

export function isWorded(reason: string): reason is (typeof WORDED)[number] {
  return (WORDED as readonly string[]).includes(reason)
}

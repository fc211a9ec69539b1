import { Reply, type RequestName, type RequestOutput, requests } from '@video-meet/protocol'
import { SignalingError } from '../errors.ts'
import type { OutgoingRequest } from './signaling-channel.ts'

/** A request that waits for its reply. It settles once; what comes after is ignored. */
export interface PendingRequest {
  readonly message: OutgoingRequest
  /** Runs while a reply to the newest sending may still come. */
  retryTimer: ReturnType<typeof setTimeout> | undefined
  /** Takes a reply as it comes from the wire. */
  readonly accept: (reply: unknown) => void
  readonly fail: (error: unknown) => void
}

/** Checks a reply against the contract of its request. */
export function parseReply<N extends RequestName>(name: N, reply: unknown): RequestOutput<N> {
  const parsed = Reply.safeParse(reply)
  if (!parsed.success) throw SignalingError.malformed(name, parsed.error)
  if (!parsed.data.ok) {
    const { code, message, details } = parsed.data.error
    throw new SignalingError(code, message, { details })
  }
  const output = requests[name].output.safeParse(parsed.data.data)
  if (!output.success) throw SignalingError.malformed(name, output.error)
  // The schema found under `name` is the one that the type names; TypeScript cannot follow that for a generic name.
  return output.data as RequestOutput<N>
}

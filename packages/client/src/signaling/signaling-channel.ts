import type { ErrorBody } from '@video-meet/protocol'

export type ChannelEvents = {
  /** The attempt of `connect()` succeeded. */
  opened: []
  /** The attempt of `connect()` found nobody. */
  failed: [reason: string]
  /** The server answered the attempt of `connect()` with a refusal. */
  refused: [error: ErrorBody]
  /** The open connection is gone. */
  dropped: [reason: string]
  /** Both values come as they are from the wire. */
  notification: [name: unknown, payload: unknown]
}

/** One message from client to server, as `signaling.ts` of the protocol describes it. */
export interface OutgoingRequest {
  readonly name: string
  readonly input: unknown
  readonly id: string
}

/**
 * A two-way connection to the server. It neither reconnects by itself nor keeps messages for later; that is up to
 * `Connector` and `SignalingClient`.
 */
export interface SignalingChannel {
  readonly isOpen: boolean
  on<N extends keyof ChannelEvents>(name: N, listener: (...values: ChannelEvents[N]) => void): () => void
  /** Makes one attempt, which ends in exactly one of `opened`, `failed` and `refused`. Does nothing while open. */
  connect(timeoutMs: number): void
  /** Sends a request; `onReply` gets the reply as it comes from the wire, or is never called. Needs `isOpen`. */
  send(request: OutgoingRequest, onReply: (reply: unknown) => void): void
  /** Ends the connection or the running attempt; it can be opened again. */
  disconnect(): void
  /** Ends it for good. */
  close(): void
}

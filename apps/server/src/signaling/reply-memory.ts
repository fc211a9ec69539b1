import type { Reply } from '@video-meet/protocol'

/** Longer than a client that lost its connection goes on to ask. */
const KEPT_MS = 150_000
const MOST_KEPT = 200

/** The replies of one client's last requests, so that a retry is answered without acting twice. */
export class ReplyMemory {
  readonly #replies = new Map<string, { at: number; reply: Promise<Reply> }>()
  readonly #now: () => number

  /** @param now monotonic clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** The reply to this request id: the one given or under way, or else that of `act`. */
  once(requestId: string, act: () => Promise<Reply>): Promise<Reply> {
    const known = this.#replies.get(requestId)
    if (known) return known.reply
    this.#forgetOld()
    const reply = act()
    this.#replies.set(requestId, { at: this.#now(), reply })
    return reply
  }

  #forgetOld(): void {
    const oldest = this.#now() - KEPT_MS
    for (const [id, { at }] of this.#replies) {
      if (at > oldest && this.#replies.size < MOST_KEPT) return
      this.#replies.delete(id)
    }
  }
}

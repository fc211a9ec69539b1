import type { CallState } from './call-state.ts'
import type { Peer } from './peer.ts'

export interface ActingHostOptions {
  /** Remembers whether there ever was a host, also in the process before. */
  readonly call: Pick<CallState, 'hadHost' | 'hostCame'>
  readonly peers: () => readonly Peer[]
  /** How long a host may be away. */
  readonly awayMs: number
  /** What this person is has changed. */
  readonly onChange: (peer: Peer) => void
}

/** While the host of a call is away, the moderator who has been there longest acts as host. */
export class ActingHost {
  readonly #options: ActingHostOptions
  /** Remembered here: who has left the room is found there no more. */
  #acting: Peer | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: ActingHostOptions) {
    this.#options = options
  }

  /** To be called when somebody came, went, or became something else. */
  look(): void {
    const peers = this.#options.peers()
    const present = peers.filter(({ connection }) => connection !== null)
    const acting = this.#acting
    if (present.some(({ ownRole }) => ownRole === 'host')) {
      this.close()
      this.#end(acting)
      this.#options.call.hostCame()
    } else if (acting && (!present.includes(acting) || acting.ownRole !== 'moderator')) {
      this.#end(acting)
      this.#begin()
    } else if (this.#options.call.hadHost && !acting) {
      this.#timer ??= setTimeout(() => this.#begin(), this.#options.awayMs).unref()
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #begin(): void {
    this.#timer = undefined
    const moderators = this.#options
      .peers()
      .filter(({ ownRole, connection }) => ownRole === 'moderator' && connection !== null)
    const [longest] = moderators.toSorted((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime())
    if (!longest) return
    this.#acting = longest
    longest.actsAsHost = true
    this.#options.onChange(longest)
  }

  #end(acting: Peer | undefined): void {
    if (!acting) return
    this.#acting = undefined
    acting.actsAsHost = false
    if (!acting.closed) this.#options.onChange(acting)
  }
}

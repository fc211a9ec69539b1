import type { Peer } from './peer.ts'

export interface ActingHostOptions {
  readonly peers: () => readonly Peer[]
  /** How long a host may be away. */
  readonly awayMs: number
  /** What this person is has changed. */
  readonly onChange: (peer: Peer) => void
}

/** While the host of a call is away, the moderator who has been there longest acts as host. */
export class ActingHost {
  readonly #options: ActingHostOptions
  #hadHost = false
  #timer: NodeJS.Timeout | undefined

  constructor(options: ActingHostOptions) {
    this.#options = options
  }

  /** To be called when somebody came, went, or became something else. */
  look(): void {
    const peers = this.#options.peers()
    const present = peers.filter(({ connection }) => connection !== null)
    const acting = peers.find(({ actsAsHost }) => actsAsHost)
    if (present.some(({ ownRole }) => ownRole === 'host')) {
      this.#hadHost = true
      this.close()
      this.#end(acting)
    } else if (acting && (!present.includes(acting) || acting.ownRole !== 'moderator')) {
      this.#end(acting)
      this.#begin()
    } else if (this.#hadHost && !acting) {
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
    longest.actsAsHost = true
    this.#options.onChange(longest)
  }

  #end(acting: Peer | undefined): void {
    if (!acting) return
    acting.actsAsHost = false
    this.#options.onChange(acting)
  }
}

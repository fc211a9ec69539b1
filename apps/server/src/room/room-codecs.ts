import { type CodecState, VideoCodec } from '@video-meet/protocol'
import type { Peer } from './peer.ts'

export interface RoomCodecsOptions {
  readonly peers: () => readonly Pick<Peer, 'videoCodecs'>[]
  readonly preferred: VideoCodec
  readonly onChanged: (state: CodecState) => void
}

/** How long a codec must have been good for everyone before senders may change to it, which costs a moment of picture. */
const CALM_MS = 10_000

/** What everyone in the room can receive. Less is told at once: somebody sees nothing until then. */
export class RoomCodecs {
  readonly #options: RoomCodecsOptions
  #shared: readonly VideoCodec[] = ['vp8']
  #isEmpty = true
  #timer: NodeJS.Timeout | undefined

  constructor(options: RoomCodecsOptions) {
    this.#options = options
  }

  get state(): CodecState {
    return { shared: [...this.#shared], preferred: this.#options.preferred }
  }

  /** To be called when somebody came or went. */
  look(): void {
    const peers = this.#options.peers()
    const shared = sharedBy(peers)
    const isFirst = this.#isEmpty
    this.#isEmpty = peers.length === 0
    const kept = isFirst ? shared : this.#shared.filter((codec) => shared.includes(codec))
    if (kept.join() !== this.#shared.join()) this.#tell(kept)
    if (shared.length > kept.length) this.#timer ??= setTimeout(() => this.#calm(), CALM_MS).unref()
    else this.#stopWaiting()
  }

  close(): void {
    this.#stopWaiting()
  }

  #calm(): void {
    this.#timer = undefined
    this.#tell(sharedBy(this.#options.peers()))
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #tell(shared: readonly VideoCodec[]): void {
    this.#shared = shared
    this.#options.onChanged(this.state)
  }
}

function sharedBy(peers: readonly Pick<Peer, 'videoCodecs'>[]): VideoCodec[] {
  return VideoCodec.options.filter(
    (codec) => codec === 'vp8' || peers.every(({ videoCodecs }) => videoCodecs.includes(codec)),
  )
}

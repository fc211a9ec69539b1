/** Largest spatial layer of any use; null when the track is shown nowhere. */
export type WantedLayer = number | null

export interface WantedLayersOptions {
  /** What the receivers of a producer want of it, all together, has changed. */
  readonly onChanged: (producerId: string, layer: WantedLayer) => void
  /** How long less must be enough before the sender is told, in ms: tiles come and go. */
  readonly lessAfterMs?: number
}

interface Wish {
  readonly byConsumer: Map<string, WantedLayer>
  told: WantedLayer
  timer: NodeJS.Timeout | undefined
}

const LESS_AFTER_MS = 3000
/** What senders send before they are told anything. */
const EVERYTHING = 3

/** Sums up what all receivers want of each producer, so that nobody sends what is of no use to anyone. */
export class WantedLayers {
  readonly #options: WantedLayersOptions
  readonly #wishes = new Map<string, Wish>()

  constructor(options: WantedLayersOptions) {
    this.#options = options
  }

  set(producerId: string, consumerId: string, layer: WantedLayer): void {
    const wish = this.#wishes.get(producerId) ?? { byConsumer: new Map(), told: EVERYTHING, timer: undefined }
    this.#wishes.set(producerId, wish)
    wish.byConsumer.set(consumerId, layer)
    this.#look(producerId, wish)
  }

  remove(producerId: string, consumerId: string): void {
    const wish = this.#wishes.get(producerId)
    if (!wish?.byConsumer.delete(consumerId)) return
    this.#look(producerId, wish)
  }

  /** The producer is gone. */
  forget(producerId: string): void {
    clearTimeout(this.#wishes.get(producerId)?.timer)
    this.#wishes.delete(producerId)
  }

  close(): void {
    for (const producerId of [...this.#wishes.keys()]) this.forget(producerId)
  }

  /** More is told at once, less when it has been enough for a while. */
  #look(producerId: string, wish: Wish): void {
    const wanted = largest(wish.byConsumer.values())
    if (rank(wanted) >= rank(wish.told)) {
      clearTimeout(wish.timer)
      wish.timer = undefined
      this.#tell(producerId, wish)
      return
    }
    wish.timer ??= setTimeout(() => {
      wish.timer = undefined
      this.#tell(producerId, wish)
    }, this.#options.lessAfterMs ?? LESS_AFTER_MS).unref()
  }

  #tell(producerId: string, wish: Wish): void {
    const wanted = largest(wish.byConsumer.values())
    if (wanted === wish.told) return
    wish.told = wanted
    this.#options.onChanged(producerId, wanted)
  }
}

function rank(layer: WantedLayer): number {
  return layer ?? -1
}

function largest(layers: Iterable<WantedLayer>): WantedLayer {
  const most = Math.max(-1, ...[...layers].map(rank))
  return most === -1 ? null : most
}

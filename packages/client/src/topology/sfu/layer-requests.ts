import type { ConsumerId } from '@video-meet/protocol'
import type { Logger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import type { Layer } from './codec-preferences.ts'

const COLLECT_FOR_MS = 100
/**
 * A smaller picture begins with a whole one, of which a sender makes one in 300 ms at most. When somebody comes and all
 * tiles shrink, those who wait for their first picture go before.
 */
const SMALLER_AFTER_MS = 2000
/** As many as one request may carry. */
export const MAX_CONSUMERS_PER_REQUEST = 100

/** Tells the server which layer of each consumer is needed: changes only, and those of a moment in one request. */
export class LayerRequests {
  readonly #request: SendRequest
  readonly #log: Logger
  readonly #wanted = new Map<ConsumerId, Layer>()
  readonly #told = new Map<ConsumerId, Layer>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #smallerTimer: ReturnType<typeof setTimeout> | undefined

  constructor(request: SendRequest, log: Logger) {
    this.#request = request
    this.#log = log
  }

  set(consumerId: ConsumerId, layer: Layer): void {
    this.#wanted.set(consumerId, layer)
    if (isSmaller(layer, this.#told.get(consumerId)))
      this.#smallerTimer ??= setTimeout(() => this.#flushAll(), SMALLER_AFTER_MS)
    else this.#flushSoon()
  }

  /** The consumer is gone. */
  forget(consumerId: ConsumerId): void {
    this.#wanted.delete(consumerId)
    this.#told.delete(consumerId)
  }

  /** Tells what may not have reached the server. */
  retry(): void {
    if (this.#wanted.size > 0) this.#flushSoon()
  }

  close(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#smallerTimer)
    this.#timer = undefined
    this.#smallerTimer = undefined
    this.#wanted.clear()
    this.#told.clear()
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tellAll(this.#changed.filter(([id, layer]) => !isSmaller(layer, this.#told.get(id))))
    }, COLLECT_FOR_MS)
  }

  #flushAll(): void {
    this.#smallerTimer = undefined
    this.#tellAll(this.#changed)
  }

  get #changed(): readonly (readonly [ConsumerId, Layer])[] {
    return [...this.#wanted].filter(([id, layer]) => !isSame(this.#told.get(id), layer))
  }

  #tellAll(changed: readonly (readonly [ConsumerId, Layer])[]): void {
    for (let from = 0; from < changed.length; from += MAX_CONSUMERS_PER_REQUEST) {
      void this.#tell(changed.slice(from, from + MAX_CONSUMERS_PER_REQUEST))
    }
  }

  async #tell(changed: readonly (readonly [ConsumerId, Layer])[]): Promise<void> {
    for (const [id, layer] of changed) this.#told.set(id, layer)
    try {
      const layers = changed.map(([consumerId, layer]) => ({ consumerId, ...layer }))
      await this.#request('sfu.setLayers', { layers }, { oneConnection: true })
    } catch (error) {
      this.#log.debug('layers were not set', { error })
      for (const [id, layer] of changed) if (this.#told.get(id) === layer) this.#told.delete(id)
    }
  }
}

function isSame(one: Layer | undefined, other: Layer): boolean {
  return one?.spatialLayer === other.spatialLayer && one.temporalLayer === other.temporalLayer
}

/** Whether it is only another size: nothing at all, or fewer pictures, save at once. */
function isSmaller(layer: Layer, told: Layer | undefined): boolean {
  if (!told || layer.spatialLayer === null || told.spatialLayer === null) return false
  return layer.spatialLayer < told.spatialLayer && layer.temporalLayer === told.temporalLayer
}

import type { Logger } from '../core/logger.ts'
import type { QualityChoice } from './demands.ts'
import type { ExpectedMedia } from './expected-media.ts'
import type { PictureLimits, PictureLimitsOptions } from './picture-limits.ts'

/** The limits of pictures, whose code is loaded when somebody chooses a quality for the first time. */
export class LateLimits {
  readonly #create: (Limits: typeof PictureLimits) => PictureLimits
  readonly #log: Logger
  #choice: QualityChoice = 'auto'
  #strain = 0
  #limits: PictureLimits | undefined
  #isClosed = false

  constructor(expected: ExpectedMedia, options: PictureLimitsOptions, log: Logger) {
    this.#create = (Limits) => new Limits(expected, options)
    this.#log = log
  }

  /** Undefined until the code is there. */
  get current(): PictureLimits | undefined {
    return this.#limits
  }

  choose(choice: QualityChoice): void {
    this.#choice = choice
    if (this.#limits) this.#limits.choose(choice)
    else void this.#load()
  }

  /** @param steps how much less of the camera than would be wanted this device can send */
  strain(steps: number): void {
    this.#strain = steps
    if (this.#limits) this.#limits.strain(steps)
    else void this.#load()
  }

  close(): void {
    this.#isClosed = true
    this.#limits?.close()
  }

  async #load(): Promise<void> {
    try {
      const { PictureLimits: Limits } = await import('./picture-limits.ts')
      if (this.#isClosed) return
      this.#limits ??= this.#create(Limits)
      this.#limits.strain(this.#strain)
      this.#limits.choose(this.#choice)
    } catch (error) {
      this.#log.warn('the quality could not be chosen', { error })
    }
  }
}

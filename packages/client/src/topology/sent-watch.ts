import type { MediaSessionId } from '@video-meet/protocol'
import { delay } from '../core/abort.ts'
import type { Logger } from '../core/logger.ts'
import type { SendRequest } from '../signaling/signaling-client.ts'

export interface SentWatchOptions {
  readonly request: SendRequest
  /** The session that the server sends over. */
  readonly session: () => MediaSessionId | undefined
  readonly log: Logger
}

/** How much the server had sent at a moment. */
interface Sent {
  readonly session: MediaSessionId | undefined
  readonly at: number
  readonly bytes: number
}

const LOOK_FOR_MS = 1000
/** Bytes in a second: reports go on when there is nothing to report. */
const MORE_THAN_REPORTS = 500

/** Tells whether the server sends something: if not, it is somebody else's way that is broken. */
export class SentWatch {
  readonly #options: SentWatchOptions
  /** As it was when nothing came in any more. */
  #noted: Promise<Sent | null> | undefined

  constructor(options: SentWatchOptions) {
    this.#options = options
  }

  /** Nothing comes in any more: what is sent from now on tells why, if it stays so. */
  note(): void {
    this.#noted = this.#read()
  }

  /** Whether the server sends what does not come in here. */
  async isSending(): Promise<boolean> {
    const noted = await this.#noted
    this.#noted = undefined
    const before = noted ?? (await this.#read())
    if (!noted) await delay(LOOK_FOR_MS)
    const after = await this.#read()
    if (!before || !after || before.session !== after.session) return false
    return (1000 * (after.bytes - before.bytes)) / (after.at - before.at) > MORE_THAN_REPORTS
  }

  async #read(): Promise<Sent | null> {
    const { request, log } = this.#options
    const session = this.#options.session()
    try {
      const { receiveTransport } = await request('sfu.getStats', {}, { oneConnection: true })
      if (session !== this.#options.session()) return null
      return { session, at: performance.now(), bytes: receiveTransport.bytesSent }
    } catch (error) {
      // Without the connection to the server nothing can be mended; with the next one everything is looked at anew.
      log.debug('the server was not asked what it sends', { error })
      return null
    }
  }
}

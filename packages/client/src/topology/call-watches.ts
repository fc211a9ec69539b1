import type { ParticipantId, TopologyMode, TrackSource } from '@video-meet/protocol'
import { LinkPulse } from './link-pulse.ts'
import { PlayoutDelay } from './playout-delay.ts'
import type { ReceivedTrack } from './received-media.ts'
import { SentWatch, type SentWatchOptions } from './sent-watch.ts'
import { type ExpectedTrack, StallWatch } from './stall-watch.ts'
import { StrainWatch } from './strain-watch.ts'
import type { ReceivingEnd, SendingEnd } from './topology.ts'

export interface CallWatchesOptions extends SentWatchOptions {
  readonly mode: () => TopologyMode
  readonly expected: () => readonly ReceivedTrack[]
  /** Where what is played comes in. */
  readonly receiver: (id: ParticipantId, source: TrackSource) => ReceivingEnd | undefined
  readonly senders: () => readonly SendingEnd[]
  /** Nothing has come in for a moment, and then something does again. */
  readonly onSilent: () => void
  readonly onBack: () => void
  /** Nothing of what the server sends comes in. */
  readonly onStalled: (times: number) => void
  /** Nothing comes in over links: what calls itself connected may have lost its path. */
  readonly onLinksStalled: () => void
  /** Nor has it since that was told. */
  readonly onLinksLost: () => void
  /** Sending to each of the others is too much for this device. */
  readonly onTooManyLinks: () => void
  /** How often the camera was found to be too much for this device, less how often it was well again since. */
  readonly onStrain: (steps: number) => void
}

const MOST_STEPS = 2
const LINKS_MENDED_WITHIN_MS = 2500

/** What is looked at all the time while a call is on. Loaded when the first pictures are there. */
export class CallWatches {
  readonly #options: CallWatchesOptions
  readonly #stalls: StallWatch
  readonly #delay: PlayoutDelay
  readonly #strain: StrainWatch
  readonly #sent: SentWatch
  readonly #pulse = new LinkPulse()
  #steps = 0
  #closed = false
  #linksTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: CallWatchesOptions) {
    this.#options = options
    const expected = () => this.#expectedNow()
    this.#sent = new SentWatch(options)
    this.#stalls = new StallWatch({
      expected,
      onSilent: () => {
        if (options.mode() === 'sfu') this.#sent.note()
        else this.#pulse.note(expected())
        options.onSilent()
      },
      onStalled: (times) => {
        if (options.mode() === 'sfu') void this.#stalled(times)
        else if (times === 1) this.#linksStalled()
      },
      onBack: () => {
        clearTimeout(this.#linksTimer)
        options.onBack()
      },
    })
    this.#delay = new PlayoutDelay({ expected })
    this.#strain = new StrainWatch({
      senders: () => this.#cameras().map(({ sender }) => sender),
      onStrained: () => this.#strained(),
      onRelieved: () => this.#step(-1),
    })
    for (const watch of [this.#stalls, this.#delay, this.#strain]) watch.start()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#linksTimer)
    for (const watch of [this.#stalls, this.#delay, this.#strain]) watch.stop()
  }

  async #stalled(times: number): Promise<void> {
    if ((await this.#sent.isSending()) && !this.#closed) this.#options.onStalled(times)
  }

  #linksStalled(): void {
    this.#options.onLinksStalled()
    this.#linksTimer = setTimeout(() => void this.#giveLinksUp(), LINKS_MENDED_WITHIN_MS)
  }

  /** Where the other end answers it is only silent. */
  async #giveLinksUp(): Promise<void> {
    const hasStopped = await this.#pulse.hasStopped(this.#expectedNow())
    if (hasStopped && !this.#closed && this.#options.mode() !== 'sfu') this.#options.onLinksLost()
  }

  #cameras(): readonly SendingEnd[] {
    return this.#options.senders().filter(({ source }) => source === 'camera')
  }

  /** Once is less than to each: the server is asked for before the picture becomes smaller. */
  #strained(): boolean {
    if (this.#options.mode() === 'mesh' && this.#cameras().length > 1) {
      this.#options.onTooManyLinks()
      return false
    }
    return this.#steps < MOST_STEPS && this.#step(1)
  }

  #step(by: number): true {
    this.#steps += by
    this.#options.onStrain(this.#steps)
    return true
  }

  /** Voices and faces never pause of themselves; what a screen shows may stand still. */
  #expectedNow(): ExpectedTrack[] {
    return this.#options.expected().flatMap(({ participantId, source }) => {
      const end = source.startsWith('screen') ? undefined : this.#options.receiver(participantId, source)
      return end ? [{ key: `${end.way}/${participantId}/${source}`, receiver: end.receiver }] : []
    })
  }
}

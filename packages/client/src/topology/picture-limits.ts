import type { NotificationPayload, ParticipantId, TrackSource } from '@video-meet/protocol'
import type { TrackDemand } from '../track.ts'
import { chooseOnePicture } from './choose-one-picture.ts'
import type { Demand, QualityChoice } from './demands.ts'
import type { ExpectedMedia } from './expected-media.ts'
import type { SendingLimits } from './sending-limits.ts'
import { tuneSender } from './tune-sender.ts'

/** A way that media takes, as far as it is limited. */
interface LimitedWay {
  setLimits(limits: SendingLimits): void
  setDemand(id: ParticipantId, source: TrackSource, demand: TrackDemand): void
}

type SpeakersListener = (speakers: NotificationPayload<'room.speakersChanged'>) => void

export interface PictureLimitsOptions {
  readonly ways: () => readonly LimitedWay[]
  /** What is asked for has changed. */
  readonly update: () => void
  /** Who tells who speaks: the server, or the links. */
  readonly speakers: readonly ((name: 'room.speakersChanged', listener: SpeakersListener) => () => void)[]
}

const MOST_LINES: Readonly<Record<QualityChoice, number>> = {
  auto: Infinity,
  high: Infinity,
  standard: 360,
  low: 180,
  saving: 180,
  audio: 0,
}
const LINES_BY_STRAIN = [Infinity, MOST_LINES.standard, MOST_LINES.low] as const
/** While saving, of a face and of a shared screen. */
const FACE_FPS = 8
const SLIDES_FPS = 1

/**
 * What a choice of quality means for the pictures that are asked for, and for what is sent. Loaded when somebody first
 * chooses.
 */
export class PictureLimits {
  readonly #expected: ExpectedMedia
  readonly #options: PictureLimitsOptions
  readonly #undo: readonly (() => void)[]
  #choice: QualityChoice = 'auto'
  #strain = 0
  #speaker: ParticipantId | null = null
  /** While saving: the one picture that there is. */
  #picture: Demand | null = null

  constructor(expected: ExpectedMedia, options: PictureLimitsOptions) {
    this.#expected = expected
    this.#options = options
    expected.demands.limitTo((demand) => this.#limit(demand))
    this.#undo = options.speakers.map((on) =>
      on('room.speakersChanged', ({ activeSpeaker }) => {
        this.#speaker = activeSpeaker
        this.refresh()
      }),
    )
  }

  choose(choice: QualityChoice): void {
    this.#choice = choice
    this.#picture = null
    this.#choosePicture()
    this.#apply()
  }

  /** How much less of the camera than would be wanted this device can send: 0 to 2. */
  strain(steps: number): void {
    this.#strain = steps
    for (const way of this.#options.ways()) way.setLimits(this.#sending)
  }

  /** What is shown, or what others send, may have changed. */
  refresh(): void {
    if (this.#choosePicture()) this.#apply()
  }

  /** A way has begun. */
  applyTo(way: LimitedWay): void {
    way.setLimits(this.#sending)
    for (const demand of this.#expected.demands.all) way.setDemand(...demand)
  }

  close(): void {
    for (const undo of this.#undo) undo()
  }

  /** Whether a camera is sent at all its owner says elsewhere. */
  get #sending(): SendingLimits {
    const saving = this.#choice === 'saving'
    const wanted = Math.max(MOST_LINES[this.#choice], MOST_LINES.low)
    const mostLines = Math.min(wanted, LINES_BY_STRAIN[this.#strain] ?? MOST_LINES.low)
    return {
      mostLines,
      saving,
      topLayer: (source) => topLayer(source, { mostLines, saving }),
      tune: (sender, source) => tuneSender(sender, source, saving),
    }
  }

  #apply(): void {
    for (const way of this.#options.ways()) this.applyTo(way)
    this.#options.update()
  }

  /** @returns whether it is another one now */
  #choosePicture(): boolean {
    if (this.#choice !== 'saving') return false
    const { demands, received } = this.#expected
    const before = this.#picture
    this.#picture = chooseOnePicture(
      demands.shown.filter(
        ({ id, source, shown }) => shown !== 'hidden' && received.of(id, source).muted === false,
      ),
      { before, speaker: this.#speaker },
    )
    return !isSame(before, this.#picture)
  }

  #limit(demand: Demand): TrackDemand {
    const { source, shown } = demand
    const most = MOST_LINES[this.#choice]
    if (shown === 'hidden' || most === 0) return 'hidden'
    const isScreen = source === 'screen'
    // What stands on a screen has to be read.
    const heightPx = isScreen ? shown.heightPx : Math.min(shown.heightPx, most)
    if (this.#choice !== 'saving') return { heightPx }
    return isSame(demand, this.#picture) ? { heightPx, maxFps: isScreen ? SLIDES_FPS : FACE_FPS } : 'hidden'
  }
}

function isSame(one: Demand | null, other: Demand | null): boolean {
  return one?.id === other?.id && one?.source === other?.source
}

/** The lowest layer of a screen is one that is sent once a second. */
function topLayer(
  source: TrackSource,
  { mostLines, saving }: Pick<SendingLimits, 'mostLines' | 'saving'>,
): number {
  if (source === 'screen') return saving ? 0 : 3
  if (mostLines <= 200) return 0
  return mostLines <= 400 ? 1 : 3
}

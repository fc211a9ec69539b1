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
/** A better picture is changed to when it has been the better one for so long. */
const SETTLED_AFTER_MS = 300

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
  #timer: ReturnType<typeof setTimeout> | undefined

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
    if (choice === 'saving') this.#picture = this.#bestPicture()
    this.#apply()
  }

  /** How much less of the camera than would be wanted this device can send: 0 to 2. */
  strain(steps: number): void {
    this.#strain = steps
    for (const way of this.#options.ways()) way.setLimits(this.#sending)
  }

  /** What is shown, what others send or who speaks may have changed. */
  refresh(): void {
    if (this.#choice !== 'saving' || isSame(this.#picture, this.#bestPicture())) return
    // While the page is laid out anew, its pictures change their size one after the other.
    if (this.#isThere(this.#picture))
      this.#timer ??= setTimeout(() => this.#changePicture(), SETTLED_AFTER_MS)
    else this.#changePicture()
  }

  /** A way has begun. */
  applyTo(way: LimitedWay): void {
    way.setLimits(this.#sending)
    for (const demand of this.#expected.demands.all) way.setDemand(...demand)
  }

  close(): void {
    clearTimeout(this.#timer)
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

  #changePicture(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const before = this.#picture
    this.#picture = this.#choice === 'saving' ? this.#bestPicture() : null
    if (!isSame(before, this.#picture)) this.#apply()
  }

  #bestPicture(): Demand | null {
    const there = this.#expected.demands.shown.filter((demand) => this.#isThere(demand))
    return chooseOnePicture(there, { before: this.#picture, speaker: this.#speaker })
  }

  /** Whether it is shown, and there is anything to be seen. */
  #isThere(picture: Demand | null): boolean {
    if (!picture) return false
    const { id, source } = picture
    const { demands, received } = this.#expected
    const isShown = demands.shown.some((demand) => isSame(demand, picture) && demand.shown !== 'hidden')
    return isShown && received.of(id, source).muted === false
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

import { type TrackSource, kindOfSource } from '@video-meet/protocol'
import { savingEncoding } from '../tune-sender.ts'

/** Heights up to which a picture is worth so many bits per second. */
const BITRATES: readonly (readonly [heightPx: number, bitrate: number])[] = [
  [180, 200_000],
  [360, 600_000],
  [540, 1_100_000],
  [720, 1_700_000],
]
const MOST_BITS = 2_500_000
/** Of a picture that nobody has asked for in another size yet. */
const FIRST_HEIGHT_PX = 720
const MOST_SCALING = 8

export interface Encoding extends Partial<ReturnType<typeof savingEncoding>> {
  readonly active: boolean
  readonly scaleResolutionDownBy?: number
}

/** What the encoding of a track depends on. */
export interface LinkSituation {
  /** In which it is shown at the other end; undefined when that is not known, 0 when nobody sees it. */
  readonly heightPx: number | undefined
  /** At the other end more pictures a second are of no use. */
  readonly maxFps?: number | undefined
  /** Of what is captured. */
  readonly settings: MediaTrackSettings
  /** Lines that a camera is sent with. */
  readonly most?: number | undefined
  /** This end can send very little. */
  readonly saving?: boolean | undefined
}

/** How a track goes over one link. What is undefined in it is as the browser has it. */
export function chooseLinkEncoding(source: TrackSource, situation: LinkSituation): Encoding {
  const { heightPx, maxFps, settings, saving = false } = situation
  const isSlow = saving || maxFps !== undefined
  if (kindOfSource(source) === 'audio')
    return { active: true, ...(saving ? savingEncoding(source, settings) : AS_EVER) }
  if (heightPx === 0) return { active: false }
  // Text has to be read: a screen keeps its size.
  if (source === 'screen') {
    const rate = isSlow
      ? savingEncoding(source, settings)
      : { maxBitrate: MOST_BITS, maxFramerate: undefined }
    return { active: true, scaleResolutionDownBy: 1, ...rate }
  }
  const size = sizeOf(situation)
  const rate = isSlow ? savingEncoding(source, settings) : { maxFramerate: undefined }
  return { active: true, ...size, ...rate, ...(maxFps !== undefined && { maxFramerate: maxFps }) }
}

const AS_EVER = { maxBitrate: undefined, priority: undefined, networkPriority: undefined }

function sizeOf({ heightPx, settings, most = Infinity }: LinkSituation) {
  const wanted = Math.min(heightPx ?? FIRST_HEIGHT_PX, most)
  const own = settings.height ?? FIRST_HEIGHT_PX
  const scaleResolutionDownBy = Math.min(MOST_SCALING, Math.max(1, own / wanted))
  const maxBitrate = BITRATES.find(([lines]) => own / scaleResolutionDownBy <= lines)?.[1] ?? MOST_BITS
  return { scaleResolutionDownBy, maxBitrate }
}

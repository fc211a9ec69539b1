import { type TrackSource, kindOfSource } from '@video-meet/protocol'

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

export interface Encoding {
  readonly active: boolean
  readonly scaleResolutionDownBy?: number
  readonly maxBitrate?: number
}

/**
 * How a track goes over one link.
 *
 * @param heightPx in which it is shown at the other end; undefined when that is not known, 0 when nobody sees it
 * @param captured its own height
 * @param most of lines that a camera is sent with
 */
export function chooseLinkEncoding(
  source: TrackSource,
  {
    heightPx,
    captured,
    most = Infinity,
  }: {
    readonly heightPx: number | undefined
    readonly captured: number | undefined
    readonly most?: number
  },
): Encoding {
  if (kindOfSource(source) === 'audio') return { active: true }
  if (heightPx === 0) return { active: false }
  // Text has to be read: a screen keeps its size.
  if (source === 'screen') return { active: true, scaleResolutionDownBy: 1, maxBitrate: MOST_BITS }
  const wanted = Math.min(heightPx ?? FIRST_HEIGHT_PX, most)
  const own = captured ?? FIRST_HEIGHT_PX
  const scaleResolutionDownBy = Math.min(MOST_SCALING, Math.max(1, own / wanted))
  const height = own / scaleResolutionDownBy
  const maxBitrate = BITRATES.find(([most]) => height <= most)?.[1] ?? MOST_BITS
  return { active: true, scaleResolutionDownBy, maxBitrate }
}

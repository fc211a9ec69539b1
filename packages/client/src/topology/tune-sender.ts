import type { TrackSource } from '@video-meet/protocol'
import { isMusic } from './sfu/codec-preferences.ts'

/** Understood at this rate, with what repairs small losses; at less voices become dull. */
const VOICE_BPS = 24_000
/** Who plays an instrument would rather send nothing than less. */
const MUSIC_BPS = 64_000
const SCREEN_SOUND_BPS = 32_000
const CAMERA_BPS = 100_000
const CAMERA_FPS = 10
/** A slide is readable after two or three pictures. */
const SLIDES_BPS = 150_000
const SLIDES_FPS = 1

/** What saving changes of an encoding; undefined is as the browser has it. */
export interface Spending {
  readonly maxBitrate?: number | undefined
  readonly maxFramerate?: number | undefined
  readonly priority?: RTCPriorityType | undefined
  readonly networkPriority?: RTCPriorityType | undefined
}

/** How a source is encoded while little can be sent. Sound goes before pictures. */
export function savingEncoding(source: TrackSource, settings: MediaTrackSettings): Spending {
  const first = { priority: 'high', networkPriority: 'high' } as const
  switch (source) {
    case 'microphone':
      return { maxBitrate: isMusic(settings) ? MUSIC_BPS : VOICE_BPS, ...first }
    case 'screen-audio':
      return { maxBitrate: SCREEN_SOUND_BPS, ...first }
    case 'camera':
      return { maxBitrate: CAMERA_BPS, maxFramerate: CAMERA_FPS }
    case 'screen':
      return { maxBitrate: SLIDES_BPS, maxFramerate: SLIDES_FPS }
  }
}

/** By layer, as it was before anything was saved. */
const before = new WeakMap<RTCRtpSender, readonly Spending[]>()

/**
 * Lets a sender that goes to the server spend little, or as much as before. Never rejects: what cannot be changed goes
 * out all the same.
 */
export async function tuneSender(sender: RTCRtpSender, source: TrackSource, saving: boolean): Promise<void> {
  const known = before.get(sender)
  const parameters = sender.getParameters()
  // The lowest layer of a screen is made for this.
  const isMade = source === 'screen' && parameters.encodings.length > 1
  if (isMade || saving === (known !== undefined)) return
  const own = known ?? parameters.encodings.map(spendingOf)
  const settings = sender.track?.getSettings() ?? {}
  for (const [index, encoding] of parameters.encodings.entries())
    Object.assign(encoding, saving ? lower(own[index], savingEncoding(source, settings)) : own[index])
  try {
    await sender.setParameters(parameters)
    if (saving) before.set(sender, own)
    else before.delete(sender)
  } catch {
    // The connection is closed, or the browser does not know how.
  }
}

function spendingOf(encoding: RTCRtpEncodingParameters): Spending {
  const { maxBitrate, maxFramerate, priority, networkPriority } = encoding
  return { maxBitrate, maxFramerate, priority, networkPriority }
}

/** Its own bounds stay where they are lower. */
function lower(own: Spending | undefined, saving: Spending): Spending {
  const { maxBitrate = Infinity } = saving
  return { ...saving, maxBitrate: Math.min(own?.maxBitrate ?? Infinity, maxBitrate) }
}

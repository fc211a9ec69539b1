import type { ParticipantId } from '@video-meet/protocol'
import type { Demand } from './demands.ts'

/** By how much a picture has to be larger than all others to be the one that the person looks at. */
const CLEARLY_LARGER = 1.5

/**
 * The one picture that a bad network has to carry: a shared screen before all faces; of the faces the one that is shown
 * clearly larger than the others, as that was chosen; else who speaks; else the one before, so that it does not jump.
 *
 * @param shown what there is to be seen
 */
export function chooseOnePicture(
  shown: readonly Demand[],
  { before, speaker }: { readonly before: Demand | null; readonly speaker: ParticipantId | null },
): Demand | null {
  const screens = shown.filter(({ source }) => source === 'screen')
  const candidates = screens.length > 0 ? screens : shown
  const bySize = candidates.toSorted((a, b) => heightOf(b) - heightOf(a))
  const [largest, second] = bySize
  if (largest && (!second || heightOf(largest) >= CLEARLY_LARGER * heightOf(second))) return largest
  return (
    candidates.find(({ id }) => id === speaker) ??
    candidates.find(({ id, source }) => id === before?.id && source === before.source) ??
    candidates[0] ??
    null
  )
}

function heightOf({ shown }: Demand): number {
  return shown === 'hidden' ? 0 : shown.heightPx
}

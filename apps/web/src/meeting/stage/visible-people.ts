/**
 * How many pictures are worth it: as many as this width shows in a size that one recognises people in, and as this
 * device decodes beside everything else it does.
 *
 * @param cores of its processor; unknown is taken for many
 */
export function tileLimit(stageWidth: number, cores = navigator.hardwareConcurrency): number {
  const decoded = cores <= 2 ? 9 : cores <= 4 ? 16 : 25
  if (stageWidth < 600) return 6
  return Math.min(stageWidth < 1000 ? 12 : 25, decoded)
}

/**
 * Whom to show when there is not enough room: people in their order, one place of the last kept for whoever speaks,
 * so that tiles jump as little as possible.
 */
export function visiblePeople<P extends { readonly id: string }>(
  people: readonly P[],
  { limit, activeSpeaker }: { limit: number; activeSpeaker: string | null },
): P[] {
  if (people.length <= limit) return [...people]
  // The last place tells how many are not shown.
  const shown = people.slice(0, limit - 1)
  const speaker = people.find(({ id }) => id === activeSpeaker)
  if (speaker !== undefined && !shown.includes(speaker)) shown[shown.length - 1] = speaker
  return shown
}

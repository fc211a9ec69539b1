/** How many videos a screen of this width can decode and show at a size that is worth it. */
export function tileLimit(stageWidth: number): number {
  if (stageWidth < 600) return 6
  if (stageWidth < 1000) return 12
  return 25
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

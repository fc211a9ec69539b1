export const handsText = {
  raise: 'Raise hand',
  lower: 'Lower hand',
  /** Part of a tile's name. */
  raised: 'hand raised',
  shortcut: 'Raise or lower your hand',
} as const

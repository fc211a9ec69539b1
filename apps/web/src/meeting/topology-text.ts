/** Words of the badge; the rest of them comes with the dialog that it opens. */
export const topologyText = {
  directBadge: 'Direct',
  serverBadge: 'Server',
  details: 'how you are connected',
} as const

export const layoutText = {
  title: 'Layout',
  grid: 'Grid',
  speaker: 'Speaker',
  pin: (name: string) => `Pin ${name}`,
  unpin: (name: string) => `Unpin ${name}`,
  following: (name: string) => `Following ${name}'s layout`,
} as const

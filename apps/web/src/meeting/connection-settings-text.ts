import type { QualityChoice } from '@video-meet/client'

export const connectionSettingsText = {
  pictures: 'Quality of pictures',
  picturesAbout:
    'For this call: what you receive, and how large your camera is sent. Shared screens stay readable.',
  quality: {
    auto: 'Automatic',
    high: 'High',
    standard: 'Standard, takes less',
    low: 'Low, takes little',
    saving: 'Saving, takes next to nothing',
    audio: 'Audio only',
  } satisfies Record<QualityChoice, string>,
  connectDirectly: 'Connect directly in small calls',
  connectDirectlyAbout:
    'The others’ browsers learn your network address then. Without it everything goes through the server, from the next call on.',
} as const

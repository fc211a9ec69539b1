import type { SavingWish } from './saving-wish.ts'

/** Words about saving data while the network hardly carries anything. */
export const savingText = {
  proposal: 'Your connection is bad. Save data: you hear everyone, and see one small picture.',
  accept: 'Save data',
  decline: 'Not now',
  on: 'Saving data',
  onAbout: 'you hear everyone, and see one small picture.',
  stop: 'Stop saving',
  began: 'Your connection is bad, so data is saved: you hear everyone, and see one small picture.',
  undone: 'Your connection is better: you see everyone again.',
  wish: 'When the connection is bad',
  wishAbout:
    'Saving data brings the sound of everyone and one small picture, or a shared screen once a second. It ends by itself.',
  wishes: {
    ask: 'Ask me whether to save data',
    switch: 'Save data by itself',
    never: 'Change nothing',
  } satisfies Record<SavingWish, string>,
} as const

/** Words that are there before the panel is open. */
export const peopleTitle = {
  title: 'People',
  waiting: (count: number) => (count === 1 ? '1 person is waiting' : `${count} people are waiting`),
} as const

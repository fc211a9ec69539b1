/** Words of the page that the personal link of an invitation opens. */
export const invitationText = {
  title: 'Invitation',
  invites: (name: string) => `${name} invites you to a video meeting.`,
  loading: 'Opening your invitation…',
  badTitle: 'This link is not good (any more)',
  badBody:
    'The invitation may have been withdrawn, or the link is not whole. Ask the person who invited you.',
  yourTime: 'Your time',
  theirTime: (zone: string) => `In ${zone}`,
  join: 'Join',
  test: 'Test your connection beforehand',
  calendar: 'The letter holds an entry for your calendar.',
  over: 'This meeting is over.',
  cancelled: 'This meeting was cancelled.',
  account: 'Keep your meetings together: ',
  register: 'create an account',
  or: ' or ',
  signIn: 'sign in',
  thanks: 'Thank you. Your answer was sent.',
} as const

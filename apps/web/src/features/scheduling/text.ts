import type { InvitationStatus } from '@video-meet/protocol'

/** Words of when something is. */
export const scheduleText = {
  noTime: 'Without a time',
  date: 'Date',
  time: 'Time',
  duration: 'Duration in minutes',
  timeZone: 'Time zone',
  repeat: 'Repeat',
  repeats: {
    never: 'Does not repeat',
    daily: 'Every day',
    weekdays: 'Every weekday (Monday to Friday)',
    weekly: 'Every week on this day',
    biweekly: 'Every two weeks on this day',
    monthly: 'Every month on this date',
    yearly: 'Every year on this date',
    custom: 'As it is now',
  },
  ends: 'Ends',
  endings: { never: 'Never', count: 'After a number of times', until: 'On a date' },
  count: 'Number of times',
  until: 'Last day',
} as const

export const answerText = {
  statuses: {
    pending: 'No answer yet',
    accepted: 'Accepted',
    declined: 'Declined',
    proposed: 'Proposes another time',
  } satisfies Record<InvitationStatus, string>,
  own: {
    pending: 'You have not answered yet.',
    accepted: 'You accepted.',
    declined: 'You declined.',
    proposed: 'You proposed another time.',
  } satisfies Record<InvitationStatus, string>,
  accept: 'Accept',
  decline: 'Decline',
  propose: 'Propose another time',
  proposeTitle: 'Propose another time',
  proposeLead: 'The organiser is asked. If they agree, the meeting moves for everyone.',
  note: 'Note to the organiser',
  send: 'Send proposal',
  sent: 'Your answer was sent.',
  name: 'Your name',
} as const

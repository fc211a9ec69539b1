import type { MeetingPolicy, Template } from '@video-meet/protocol'

/** Words of templates and of the policy in them. */
export const templateText = {
  title: 'Templates',
  lead: 'Settings under a name. A new meeting starts from one of them.',
  create: 'New template',
  createTitle: 'New template',
  editTitle: (name: string) => `Edit “${name}”`,
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,
  remove: 'Delete',
  removeOf: (name: string) => `Delete ${name}`,
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeBody: 'Meetings that were made from it stay as they are.',
  removeAction: 'Delete template',
  saved: 'The template is saved.',
  empty: 'No templates of your own',
  emptyHint: 'Keep the settings that you use again and again as a template.',
  emptyOrganisation: 'No templates of the organisation',
  emptyOrganisationHint: 'Templates that you make here can be used by everyone on this server.',
  minutes: (count: number) => `${count} minutes`,
  kinds: {
    personal: 'Yours',
    organisation: 'Of the organisation',
    'built-in': 'Built in',
  } satisfies Record<Template['kind'], string>,
  form: {
    name: 'Name',
    description: 'Description',
    duration: 'Duration in minutes',
    agenda: 'Agenda',
    agendaHint: 'New meetings start with it.',
    people: 'Who gets in',
    call: 'In the call',
    record: 'Afterwards',
  },
} as const

const MANY = {
  everyone: 'Everyone',
  members: 'Everyone but guests',
  presenters: 'Hosts, moderators and presenters',
} satisfies Record<MeetingPolicy['talk'], string>

/** The policy of a meeting in words. Choices stand in the order in which they are offered. */
export const policyText = {
  join: {
    label: 'Who may join',
    choices: {
      anyone: 'Anyone with the link',
      users: 'People with an account here',
      invited: 'Invited people only',
    },
  },
  waitingRoom: {
    label: 'Who waits until somebody lets them in',
    choices: {
      nobody: 'Nobody',
      guests: 'Guests, who have no account and no invitation',
      not_invited: 'Everyone who is not invited',
      everyone: 'Everyone but the host and moderators',
    },
  },
  talk: { label: 'Who may talk', choices: MANY },
  video: { label: 'Who may turn the camera on', choices: MANY },
  share: { label: 'Who may share a screen', choices: MANY },
  chat: { label: 'Who may write in the chat', choices: { ...MANY, nobody: 'Nobody' } },
  settings: {
    label: 'Who may lock the call and change these rules in it',
    choices: { moderators: 'The host and moderators', host: 'The host alone' },
  },
  topology: {
    label: 'How sound and pictures go',
    choices: {
      auto: 'Directly between few people, else through the server',
      sfu: 'Always through the server: nobody’s address is shown to others',
    },
  },
  opensMinutesBefore: {
    label: 'A meeting with a time opens',
    description: 'Whoever comes earlier waits.',
    anyTime: 'At any time',
    atStart: 'When it starts',
    before: (minutes: number) => `${minutes} minutes before it starts`,
  },
  joinBeforeHost: 'People may join before the host',
  startMuted: 'Everyone starts muted',
  maxMinutes: 'Longest time in minutes',
  maxMinutesHint: 'The call ends after it. Leave it empty for no limit.',
  expiresAfterHours: 'Hours in which one can come back',
  expiresAfterHoursHint: 'Counted from when the call was over, or was to be over.',
  retentionDays: 'Days until it is deleted',
  retentionDaysHint: 'Counted from the end of the meeting; everything that belongs to it goes too.',
} as const

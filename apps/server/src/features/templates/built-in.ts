import { DEFAULT_POLICY, type Template } from '@video-meet/protocol'

type BuiltIn = Omit<Template, 'kind' | 'editable'>

/** Templates that come with the program. */
export const BUILT_IN: readonly BuiltIn[] = [
  {
    id: 'team-meeting',
    name: 'Team meeting',
    description: 'Everyone talks, shares and writes.',
    durationMinutes: 45,
    policy: DEFAULT_POLICY,
    agenda: 'What was done\nWhat comes next\nWhat is in the way',
  },
  {
    id: 'one-to-one',
    name: 'One-to-one',
    description: 'For two people who are invited.',
    durationMinutes: 30,
    policy: { ...DEFAULT_POLICY, join: 'invited' },
    agenda: '',
  },
  {
    id: 'interview',
    name: 'Interview',
    description: 'Invited people only; begins with its host.',
    durationMinutes: 60,
    policy: { ...DEFAULT_POLICY, join: 'invited', joinBeforeHost: false, waitingRoom: 'everyone' },
    agenda: 'Introductions\nConversation\nQuestions of the candidate',
  },
  {
    id: 'class',
    name: 'Class',
    description: 'Pupils come in muted; only presenters share their screen.',
    durationMinutes: 45,
    policy: {
      ...DEFAULT_POLICY,
      joinBeforeHost: false,
      startMuted: true,
      share: 'presenters',
      topology: 'sfu',
    },
    agenda: '',
  },
  {
    id: 'webinar',
    name: 'Webinar',
    description: 'Presenters talk and share; the audience listens and writes.',
    durationMinutes: 60,
    policy: {
      ...DEFAULT_POLICY,
      joinBeforeHost: false,
      startMuted: true,
      talk: 'presenters',
      video: 'presenters',
      share: 'presenters',
      topology: 'sfu',
    },
    agenda: 'Welcome\nPresentation\nQuestions',
  },
]

import type { RouteName, Routes } from '@video-meet/protocol'
import type * as z from 'zod/mini'

type Body<Name extends RouteName> = Routes[Name] extends { readonly body: infer Schema extends z.ZodMiniType }
  ? z.input<Schema>
  : never
type WithBody = {
  [Name in RouteName]: Routes[Name] extends { readonly body: z.ZodMiniType } ? Name : never
}[RouteName]

const SCHEDULE = {
  startsAt: '2026-12-01T08:00:00.000Z',
  durationMinutes: 45,
  timeZone: 'Europe/Vienna',
  recurrence: 'FREQ=WEEKLY;BYDAY=TU;COUNT=10',
}
const POLICY = {
  join: 'invited',
  talk: 'everyone',
  video: 'everyone',
  share: 'presenters',
  chat: 'everyone',
  waitingRoom: 'guests',
  settings: 'moderators',
  joinBeforeHost: false,
  opensMinutesBefore: 15,
  startMuted: true,
  topology: 'auto',
  maxMinutes: 90,
  expiresAfterHours: 24,
  retentionDays: 90,
} as const
const TOKEN = '9gCkAj0Zr3v0sX4L1kq8yQm2b7TtHn5WfUe6Rd1PzLo'
const LINK_TOKEN = `3f0b8a52-9d0e-4c57-8a53-0d1f6e6f7a10.${TOKEN}`
const PASSWORD = 'correct horse battery staple'
const EMAIL = 'ana@example.org'

/** What callers send, as the documentation shows it; a route with a body and no line does not compile. */
export const BODY_EXAMPLES: { readonly [Name in WithBody]: Body<Name> } = {
  register: {
    email: EMAIL,
    name: 'Ana Berger',
    password: PASSWORD,
    language: 'de-AT',
    timeZone: 'Europe/Vienna',
  },
  login: { email: EMAIL, password: PASSWORD },
  requestPasswordReset: { email: EMAIL },
  resetPassword: { token: TOKEN, password: PASSWORD },
  verifyEmail: { token: TOKEN, password: PASSWORD },
  confirmSignIn: { password: PASSWORD },
  updateMe: { name: 'Ana Berger', timeZone: 'Europe/Vienna' },
  deleteMe: { password: PASSWORD },
  changePassword: { currentPassword: 'the one before', newPassword: PASSWORD },
  createUser: { email: EMAIL, name: 'Ana Berger', role: 'user' },
  updateUser: { state: 'disabled' },
  createApiToken: {
    name: 'Nightly report',
    scopes: ['meetings:read'],
    expiresAt: '2027-03-01T00:00:00.000Z',
  },
  createMeeting: {
    title: 'Weekly planning',
    agenda: 'What was done\nWhat comes next',
    schedule: SCHEDULE,
    policy: { join: 'invited' },
    invite: [{ email: 'ben@example.org' }, { email: 'cid@example.org', role: 'presenter' }],
  },
  updateMeeting: { title: 'Planning', schedule: { ...SCHEDULE, startsAt: '2026-12-01T09:00:00.000Z' } },
  cancelMeeting: { note: 'We meet in person instead.' },
  invite: { invite: [{ email: 'ben@example.org', role: 'participant' }] },
  updateInvitation: { role: 'presenter' },
  answerProposal: { answer: 'accept' },
  answerInvitation: { answer: 'decline', note: 'I am away that week.' },
  openInvitation: { token: LINK_TOKEN },
  sendInvitationCode: { token: LINK_TOKEN },
  redeemInvitationCode: { token: LINK_TOKEN, code: '042917' },
  answerByLink: {
    token: LINK_TOKEN,
    answer: {
      answer: 'propose',
      proposal: { startsAt: '2026-12-01T10:30:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' },
      note: 'I am on the train until ten.',
    },
  },
  createTemplate: {
    name: 'Board meeting',
    description: 'Invited people only.',
    durationMinutes: 90,
    agenda: 'Minutes of the last meeting\nReports',
    policy: POLICY,
    kind: 'personal',
  },
  updateTemplate: { durationMinutes: 60 },
  updateSettings: { signUp: 'invited', reminderMinutes: 15 },
}

import { type MeetingId, UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { createIdempotencyStore, type IdempotencyRecords } from '../db/idempotency-store.ts'
import { bindAccountRoutes } from '../features/accounts/routes.ts'
import { Attendance } from '../features/attendance/attendance.ts'
import { bindAttendanceRoutes } from '../features/attendance/routes.ts'
import { createStaysStore } from '../features/attendance/stays-store.ts'
import { createAuditStore } from '../features/audit/audit-store.ts'
import { type Act, type Audit, createAudit } from '../features/audit/audit.ts'
import { bindAuditRoutes } from '../features/audit/routes.ts'
import { bindMeetingRoutes } from '../features/meetings/routes.ts'
import { createBansStore } from '../features/moderation/bans-store.ts'
import { createBans } from '../features/moderation/bans.ts'
import { createNoticesStore } from '../features/notices/notices-store.ts'
import { Notices } from '../features/notices/notices.ts'
import { bindNoticeRoutes } from '../features/notices/routes.ts'
import { createRoomFeatures } from '../features/registry.ts'
import { bindSettingsRoutes } from '../features/settings/routes.ts'
import { createSettingsStore } from '../features/settings/settings-store.ts'
import { Settings } from '../features/settings/settings.ts'
import { CallQualities } from '../features/stats/call-qualities.ts'
import { createQualityEventsStore } from '../features/stats/quality-events-store.ts'
import { QualityEvents } from '../features/stats/quality-events.ts'
import { QualityLog } from '../features/stats/quality-log.ts'
import { createQualityStore } from '../features/stats/quality-store.ts'
import { bindStatsRoutes } from '../features/stats/routes.ts'
import { bindTemplateRoutes } from '../features/templates/routes.ts'
import { createTemplatesStore } from '../features/templates/templates-store.ts'
import { Templates } from '../features/templates/templates.ts'
import type { Guard } from '../http/principal.ts'
import { repeat, type Repetition } from '../jobs/repeat.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Logger } from '../platform/logger.ts'
import type { Door } from '../room/admission.ts'
import type { ResumeTokens } from '../room/resume-token.ts'
import type { RoomEquipment, RoomRegistry } from '../room/room-registry.ts'
import { WaitingRooms } from '../room/waiting-rooms.ts'
import { assembleAccounts } from './accounts.ts'
import { openMail } from './mail.ts'
import { assembleMeetings } from './meetings.ts'
import { dismissSignedOut } from './signed-out.ts'

const LOOK_AT_MEETINGS_MS = 5000
const LOOK_AT_ROOMS_MS = 30_000
const CLEAN_UP_MS = 10 * 60_000

export interface FeatureParts {
  readonly config: Config
  readonly database: Database
  readonly secretKey: Uint8Array
  readonly registry: RoomRegistry
  readonly resumeTokens: ResumeTokens
  readonly log: Logger
}

/** What the rest of the server needs of the features. */
export interface Features {
  readonly guard: Guard
  readonly idempotency: IdempotencyRecords
  readonly door: Door
  readonly waitingRooms: WaitingRooms
  readonly equipment: RoomEquipment
  bindRoutes(http: FastifyInstance): void
  close(): Promise<void>
}

/** Puts the features together: the only place where they know each other. */
export async function assembleFeatures({
  config,
  database,
  secretKey,
  registry,
  resumeTokens,
  log,
}: FeatureParts): Promise<Features> {
  const mail = openMail({
    config,
    database,
    findAccount: (id) => people.store.findById(UserId.parse(id)),
    log: log.child({ name: 'mail' }),
  })
  const settings = await Settings.load(createSettingsStore(database), config.fixedSettings)
  const audit = createAudit(createAuditStore(database), log.child({ name: 'audit' }))
  const notices = new Notices(createNoticesStore(database))
  const templates = new Templates(createTemplatesStore(database))
  const idempotency = createIdempotencyStore(database)
  const waitingRooms = new WaitingRooms()
  const bans = createBans(createBansStore(database))
  const people = assembleAccounts({
    config,
    database,
    secretKey,
    settings,
    mailKind: mail.kind,
    sendLetter: mail.sendLetter,
    invitedAddress: (token) => meet.received.addressOf(token),
    onConfirmed: (user) => meet.received.accountConfirmed(user),
    removeOwned: (user) => meet.meetings.removeAllOf({ ...user, userId: user.id }),
  })
  const meet = assembleMeetings({
    config,
    database,
    secretKey,
    settings,
    templates,
    registry,
    waitingRooms,
    bans,
    resumeTokens,
    people,
    post: mail.post,
    tell: (users, notice) => notices.tell(users, notice),
    log,
  })
  mail.readAnswers(meet.replies)
  const records = await openRecords(database, log)
  const { attendance, qualities, qualityEvents } = records
  const observer = meet.observe(attendance, ({ id }, { actor, subject, ...act }) => {
    const { person, name, address } = actor
    // Guests have no account: what they are in the log is the meeting's guest of that name.
    const actorId = person.userId ?? id
    void audit.record({
      ...act,
      actor: { userId: actorId, name },
      subject: subject ?? { id, name: '' },
      details: { ...act.details, meetingId: id },
      address,
    })
  })
  const roomFeatures = createRoomFeatures({
    waitingRooms,
    bans,
    qualities,
    qualityEvents,
    endMeeting: async ({ meeting }, by) => void (await meet.meetings.endCall(meeting.id, by)),
  })
  const signedOut = dismissSignedOut({ sessions: people.sessions, rooms: () => registry.rooms, log })
  const jobs = startJobs(log.child({ name: 'jobs' }), {
    meetings: [LOOK_AT_MEETINGS_MS, () => meet.life.look()],
    attendance: [LOOK_AT_ROOMS_MS, () => attendance.look()],
    qualities: [LOOK_AT_ROOMS_MS, () => Promise.all([qualities.flush(), qualityEvents.flush()])],
    settings: [LOOK_AT_ROOMS_MS, () => settings.reload()],
    'clean-up': [
      CLEAN_UP_MS,
      () => Promise.all([people, mail, idempotency, audit, notices].map((part) => part.forgetOld())),
    ],
  })
  return {
    guard: { authenticate: people.authenticate, anyoneMayCreate: () => settings.whoMayCreate === 'anyone' },
    idempotency,
    door: meet.door,
    waitingRooms,
    equipment: {
      features: roomFeatures,
      observer: {
        ...observer,
        joined(...arrival) {
          observer.joined(...arrival)
          signedOut.joined(...arrival)
        },
      },
    },
    bindRoutes: (http) =>
      bindRoutes(http, {
        people,
        meet,
        ...records,
        templates,
        notices,
        audit,
        settings,
        mailKind: mail.kind,
      }),
    async close() {
      await mail.stopReading()
      for (const job of jobs) await job.close()
      await attendance.close()
      await qualities.close()
      await qualityEvents.close()
      await meet.close()
      await mail.close()
    },
  }
}

/** What is kept of who was in calls, and of how they were connected. */
async function openRecords(database: Database, log: Logger) {
  const attendance = new Attendance({
    store: createStaysStore(database),
    log: log.child({ name: 'attendance' }),
  })
  await attendance.look()
  return { attendance, ...openQualities(database, log.child({ name: 'stats' })) }
}

function openQualities(database: Database, log: Logger) {
  const store = createQualityStore(database)
  const qualities = new QualityLog({ store, log })
  const qualityEvents = new QualityEvents({ store: createQualityEventsStore(database), log })
  const callQualities = new CallQualities({ store, events: qualityEvents, flush: () => qualities.flush() })
  return { qualities, qualityEvents, callQualities }
}

interface Parts {
  readonly people: ReturnType<typeof assembleAccounts>
  readonly meet: ReturnType<typeof assembleMeetings>
  readonly attendance: Attendance
  readonly qualities: QualityLog
  readonly qualityEvents: QualityEvents
  readonly callQualities: CallQualities
  readonly templates: Templates
  readonly notices: Notices
  readonly audit: Audit
  readonly settings: Settings
  readonly mailKind: Mailer['kind']
}

function bindRoutes(http: FastifyInstance, parts: Parts): void {
  const { people, meet, attendance, templates, notices, audit, settings, mailKind } = parts
  const record = (act: Act) => audit.record(act)
  bindAccountRoutes(http, {
    ...people,
    audit: record,
    exports: {
      meetings: (userId) => meet.exportOf(userId),
      invitations: (userId) => meet.received.exportOf(userId),
      attendance: (userId) => attendance.exportOf(userId),
      quality: (userId) => parts.qualities.exportOf(userId),
      qualityEvents: (userId) => parts.qualityEvents.exportOf(userId),
      templates: (userId) => templates.exportOf(userId),
      notifications: (userId) => notices.exportOf(userId),
      apiTokens: (userId) => people.apiTokens.list(userId),
      sessions: (userId) => people.sessions.list(userId, null),
    },
  })
  bindMeetingRoutes(http, { ...meet, audit: record })
  meet.bindInvitationRoutes(http)
  const assertOwned = (id: MeetingId, userId: UserId) => meet.meetings.owned(id, userId)
  bindAttendanceRoutes(http, { attendance, assertOwned })
  bindStatsRoutes(http, { calls: parts.callQualities, assertOwned })
  bindTemplateRoutes(http, templates)
  bindNoticeRoutes(http, notices)
  bindAuditRoutes(http, audit)
  const hasUsers = async () => !(await people.store.isEmpty())
  bindSettingsRoutes(http, { settings, mailKind, hasUsers, audit: record })
}

/** @param jobs how often each is done, in ms, and what it does */
function startJobs(
  log: Logger,
  jobs: Readonly<Record<string, readonly [everyMs: number, work: () => Promise<unknown>]>>,
): Repetition[] {
  return Object.entries(jobs).map(([name, [everyMs, work]]) => repeat({ name, everyMs, work, log }))
}

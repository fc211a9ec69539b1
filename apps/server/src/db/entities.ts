import { ApiTokenRecord } from './entities/api-token-record.ts'
import { AuditRecord } from './entities/audit-record.ts'
import { AvatarRecord } from './entities/avatar-record.ts'
import { BanRecord } from './entities/ban-record.ts'
import { CallRecord } from './entities/call-record.ts'
import { CountedMailRecord } from './entities/counted-mail-record.ts'
import { IdempotencyRecord } from './entities/idempotency-record.ts'
import { InvitationRecord } from './entities/invitation-record.ts'
import { KnownDeviceRecord } from './entities/known-device-record.ts'
import { MailTokenRecord } from './entities/mail-token-record.ts'
import { MeetingRecord } from './entities/meeting-record.ts'
import { MembershipRecord } from './entities/membership-record.ts'
import { NoticeRecord } from './entities/notice-record.ts'
import { QualityEventRecord } from './entities/quality-event-record.ts'
import { QualityRecord } from './entities/quality-record.ts'
import { QueuedMailRecord } from './entities/queued-mail-record.ts'
import { SessionRecord } from './entities/session-record.ts'
import { SettingRecord } from './entities/setting-record.ts'
import { StayRecord } from './entities/stay-record.ts'
import { TemplateRecord } from './entities/template-record.ts'
import { UserRecord } from './entities/user-record.ts'

/** THE LIST of tables. After a change here: `node apps/server/src/db/create-migration.ts <name>`. */
export const entities = [
  ApiTokenRecord,
  AuditRecord,
  AvatarRecord,
  BanRecord,
  CallRecord,
  CountedMailRecord,
  IdempotencyRecord,
  InvitationRecord,
  KnownDeviceRecord,
  MailTokenRecord,
  MeetingRecord,
  MembershipRecord,
  NoticeRecord,
  QualityEventRecord,
  QualityRecord,
  QueuedMailRecord,
  SessionRecord,
  SettingRecord,
  StayRecord,
  TemplateRecord,
  UserRecord,
]

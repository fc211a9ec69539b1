import { MeetingRecord } from './entities/meeting-record.ts'

/** THE LIST of tables. After a change here: `node apps/server/src/db/create-migration.ts <name>`. */
export const entities = [MeetingRecord]

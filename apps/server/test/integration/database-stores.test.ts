import { beforeAll, describe } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import { databases, dialects } from '../lib/databases.ts'
import { testAuditStore } from '../stores/audit-store.ts'
import { testBansStore } from '../stores/bans-store.ts'
import { testCallsStore } from '../stores/calls-store.ts'
import { testInvitationsStore } from '../stores/invitations-store.ts'
import { testKnownDevicesStore } from '../stores/known-devices-store.ts'
import { testMailCountsStore } from '../stores/mail-counts-store.ts'
import { testMeetingsStore } from '../stores/meetings-store.ts'
import { testNoticesStore } from '../stores/notices-store.ts'
import { testQualityEventsStore } from '../stores/quality-events-store.ts'
import { testQualityStore } from '../stores/quality-store.ts'
import { testQueuedMailsStore } from '../stores/queued-mails-store.ts'
import { testSessionsStore } from '../stores/sessions-store.ts'
import { testSettingsStore } from '../stores/settings-store.ts'
import { testStaysStore } from '../stores/stays-store.ts'
import type { StoreSuite } from '../stores/store-suite.ts'
import { testTemplatesStore } from '../stores/templates-store.ts'
import { testTokensStores } from '../stores/tokens-stores.ts'
import { testUsersStore } from '../stores/users-store.ts'

/** THE LIST of stores, each tested on every dialect. */
const stores: Record<string, StoreSuite> = {
  // First: it wants to see the first account of a database.
  users: testUsersStore,
  sessions: testSessionsStore,
  tokens: testTokensStores,
  'acts in the audit log': testAuditStore,
  bans: testBansStore,
  calls: testCallsStore,
  invitations: testInvitationsStore,
  'known devices': testKnownDevicesStore,
  'counts of emails': testMailCountsStore,
  meetings: testMeetingsStore,
  notices: testNoticesStore,
  'qualities of calls': testQualityStore,
  'events of calls': testQualityEventsStore,
  'queued mails': testQueuedMailsStore,
  settings: testSettingsStore,
  stays: testStaysStore,
  templates: testTemplatesStore,
}

describe.each(dialects)('on %s', (dialect) => {
  const { open } = databases(dialect)
  let database: Database
  beforeAll(async () => {
    database = await open()
  })

  describe.each(Object.entries(stores))('the store of %s', (_, suite) => {
    suite({ dialect, database: () => database })
  })
})

import { Migration20261120234401_create_meetings } from './20261120234401-create-meetings.ts'
import { Migration20261121032629_create_accounts_and_invitations } from './20261121032629-create-accounts-and-invitations.ts'
import { Migration20261121074523_waiting_rooms_and_bans } from './20261121074523-waiting-rooms-and-bans.ts'
import { Migration20261121105347_qualities_of_calls } from './20261121105347-qualities-of-calls.ts'
import { Migration20261121121913_quality_events } from './20261121121913-quality-events.ts'
import { Migration20261201000242_account_security } from './20261201000242-account-security.ts'
import { Migration20261201002843_search_keys } from './20261201002843-search-keys.ts'

/** THE LIST of migrations, oldest first, written by create-migration.ts. One that was released never changes. */
export const migrations = [
  Migration20261120234401_create_meetings,
  Migration20261121032629_create_accounts_and_invitations,
  Migration20261121074523_waiting_rooms_and_bans,
  Migration20261121105347_qualities_of_calls,
  Migration20261121121913_quality_events,
  Migration20261201000242_account_security,
  Migration20261201002843_search_keys,
]

import { Migration } from '@mikro-orm/migrations'

export class Migration20261201000242_account_security extends Migration {
  override name = 'Migration20261201000242_account_security'

  override up(): void {
    this.addSql(
      `create table "counted_mails" ("id" uuid not null, "account" varchar(36) null, "recipient_hash" varchar(64) not null, "purpose" varchar(100) not null, "counted_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "counted_mails_counted_at_index" on "counted_mails" ("counted_at");`)
    this.addSql(
      `create index "counted_mails_account_counted_at_index" on "counted_mails" ("account", "counted_at");`,
    )
    this.addSql(
      `create index "counted_mails_recipient_hash_purpose_counted_at_index" on "counted_mails" ("recipient_hash", "purpose", "counted_at");`,
    )

    this.addSql(
      `create table "known_devices" ("id" uuid not null, "user_id" uuid not null, "device_hash" varchar(64) not null, "network" varchar(64) not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "known_devices_user_id_index" on "known_devices" ("user_id");`)
    this.addSql(`create index "known_devices_last_used_at_index" on "known_devices" ("last_used_at");`)
    this.addSql(
      `alter table "known_devices" add constraint "known_devices_user_id_device_hash_network_unique" unique ("user_id", "device_hash", "network");`,
    )

    this.addSql(`alter table "sessions" add "confirmed_at" timestamptz(3) null;`)

    this.addSql(`alter table "mail_tokens" add "state_hash" varchar(64) null;`)

    this.addSql(
      `alter table "known_devices" add constraint "known_devices_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    // Tokens end: those that were made without an end get a year from now.
    this.addSql(
      `update "api_tokens" set "expires_at" = now() + interval '365 days' where "expires_at" is null;`,
    )
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261121032629_create_accounts_and_invitations extends Migration {
  override name = 'Migration20261121032629_create_accounts_and_invitations'

  override up(): void {
    this.addSql(
      `create table "audit_log" ("id" uuid not null, "at" timestamptz(3) not null, "actor_id" uuid null, "actor" varchar(64) null, "action" varchar(60) not null, "subject_id" varchar(64) null, "subject" varchar(300) null, "details" jsonb null, "address" varchar(64) null, primary key ("id"));`,
    )
    this.addSql(`create index "audit_log_at_id_index" on "audit_log" ("at", "id");`)

    this.addSql(
      `create table "idempotency_keys" ("id" varchar(64) not null, "body_hash" varchar(64) not null, "answer" jsonb null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "idempotency_keys_created_at_index" on "idempotency_keys" ("created_at");`)

    this.addSql(
      `create table "queued_mails" ("id" uuid not null, "message" jsonb not null, "attempts" int not null, "due_at" timestamptz(3) not null, "created_at" timestamptz(3) not null, "last_error" varchar(500) null, primary key ("id"));`,
    )
    this.addSql(`create index "queued_mails_due_at_index" on "queued_mails" ("due_at");`)

    this.addSql(
      `create table "settings" ("name" varchar(60) not null, "value" jsonb not null, primary key ("name"));`,
    )

    this.addSql(
      `create table "users" ("id" uuid not null, "email" varchar(254) not null, "email_key" varchar(254) not null, "email_verified_at" timestamptz(3) null, "name" varchar(64) not null, "password_hash" varchar(200) null, "language" varchar(35) not null, "time_zone" varchar(64) not null, "role" varchar(20) not null, "state" varchar(20) not null, "avatar_version" varchar(40) null, "created_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`alter table "users" add constraint "users_email_key_unique" unique ("email_key");`)
    this.addSql(`create index "users_created_at_id_index" on "users" ("created_at", "id");`)

    this.addSql(
      `create table "templates" ("id" uuid not null, "owner_id" uuid null, "name" varchar(80) not null, "description" varchar(500) not null, "duration_minutes" int not null, "policy" jsonb not null, "agenda" text not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "templates_owner_id_index" on "templates" ("owner_id");`)

    this.addSql(
      `create table "sessions" ("id" uuid not null, "user_id" uuid not null, "generation" int not null, "seed" varchar(64) not null, "token_hash" varchar(64) not null, "rotated_at" timestamptz(3) not null, "user_agent" varchar(300) not null, "address" varchar(64) not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "sessions_user_id_index" on "sessions" ("user_id");`)
    this.addSql(`create index "sessions_expires_at_index" on "sessions" ("expires_at");`)

    this.addSql(
      `create table "stays" ("id" uuid not null, "meeting_id" uuid not null, "participant_id" uuid not null, "person_key" varchar(64) not null, "user_id" uuid null, "name" varchar(64) not null, "role" varchar(20) not null, "joined_at" timestamptz(3) not null, "seen_at" timestamptz(3) not null, "left_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`create index "stays_user_id_index" on "stays" ("user_id");`)
    this.addSql(`create index "stays_left_at_index" on "stays" ("left_at");`)
    this.addSql(`create index "stays_meeting_id_joined_at_index" on "stays" ("meeting_id", "joined_at");`)

    this.addSql(
      `create table "notices" ("id" uuid not null, "user_id" uuid not null, "meeting_id" uuid null, "kind" varchar(40) not null, "meeting_title" varchar(120) not null, "actor" varchar(64) null, "detail" varchar(100) null, "created_at" timestamptz(3) not null, "read_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`create index "notices_meeting_id_index" on "notices" ("meeting_id");`)
    this.addSql(
      `create index "notices_user_id_created_at_id_index" on "notices" ("user_id", "created_at", "id");`,
    )
    this.addSql(`create index "notices_user_id_read_at_index" on "notices" ("user_id", "read_at");`)

    this.addSql(
      `create table "memberships" ("user_id" uuid not null, "meeting_id" uuid not null, "relation" varchar(10) not null, "past" boolean not null, "at" timestamptz(3) not null, primary key ("user_id", "meeting_id"));`,
    )
    this.addSql(`create index "memberships_meeting_id_index" on "memberships" ("meeting_id");`)
    this.addSql(
      `create index "memberships_user_id_past_at_meeting_id_index" on "memberships" ("user_id", "past", "at", "meeting_id");`,
    )

    this.addSql(
      `create table "mail_tokens" ("id" uuid not null, "user_id" uuid not null, "purpose" varchar(20) not null, "token_hash" varchar(64) not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "mail_tokens_user_id_index" on "mail_tokens" ("user_id");`)
    this.addSql(
      `alter table "mail_tokens" add constraint "mail_tokens_token_hash_unique" unique ("token_hash");`,
    )
    this.addSql(`create index "mail_tokens_expires_at_index" on "mail_tokens" ("expires_at");`)

    this.addSql(
      `create table "invitations" ("id" uuid not null, "meeting_id" uuid not null, "user_id" uuid null, "email" varchar(254) not null, "email_key" varchar(254) not null, "name" varchar(64) null, "role" varchar(20) not null, "status" varchar(20) not null, "note" text null, "proposal" jsonb null, "answered_at" timestamptz(3) null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "invitations_meeting_id_index" on "invitations" ("meeting_id");`)
    this.addSql(`create index "invitations_user_id_index" on "invitations" ("user_id");`)
    this.addSql(`create index "invitations_email_key_index" on "invitations" ("email_key");`)
    this.addSql(
      `alter table "invitations" add constraint "invitations_meeting_id_email_key_unique" unique ("meeting_id", "email_key");`,
    )

    this.addSql(
      `create table "avatars" ("user_id" uuid not null, "image" bytea not null, primary key ("user_id"));`,
    )

    this.addSql(
      `create table "api_tokens" ("id" uuid not null, "user_id" uuid not null, "name" varchar(80) not null, "token_hash" varchar(64) not null, "scopes" jsonb not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) null, "expires_at" timestamptz(3) null, primary key ("id"));`,
    )
    this.addSql(`create index "api_tokens_user_id_index" on "api_tokens" ("user_id");`)
    this.addSql(
      `alter table "api_tokens" add constraint "api_tokens_token_hash_unique" unique ("token_hash");`,
    )

    this.addSql(
      `alter table "meetings" add "title_key" varchar(360) null, add "owner_id" uuid null, add "description" text null, add "agenda" text null, add "schedule" jsonb null, add "policy" jsonb null, add "password_hash" varchar(200) null, add "state" varchar(20) not null default 'open', add "started_at" timestamptz(3) null, add "ended_at" timestamptz(3) null, add "next_starts_at" timestamptz(3) null, add "due_at" timestamptz(3) null, add "remind_at" timestamptz(3) null, add "updated_at" timestamptz(3) null, add "version" int not null default 1, add "sequence" int not null default 0;`,
    )
    this.addSql(
      `alter table "meetings" add constraint "meetings_owner_id_foreign" foreign key ("owner_id") references "users" ("id") on delete cascade;`,
    )
    this.addSql(`create index "meetings_owner_id_index" on "meetings" ("owner_id");`)
    this.addSql(`create index "meetings_due_at_index" on "meetings" ("due_at");`)
    this.addSql(`create index "meetings_remind_at_index" on "meetings" ("remind_at");`)

    this.addSql(
      `alter table "templates" add constraint "templates_owner_id_foreign" foreign key ("owner_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "sessions" add constraint "sessions_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "stays" add constraint "stays_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "notices" add constraint "notices_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )
    this.addSql(
      `alter table "notices" add constraint "notices_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete set null;`,
    )

    this.addSql(
      `alter table "memberships" add constraint "memberships_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;`,
    )
    this.addSql(
      `alter table "memberships" add constraint "memberships_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table "mail_tokens" add constraint "mail_tokens_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )

    this.addSql(
      `alter table "invitations" add constraint "invitations_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete cascade;`,
    )
    this.addSql(
      `alter table "invitations" add constraint "invitations_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete set null;`,
    )

    this.addSql(
      `alter table "avatars" add constraint "avatars_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table "api_tokens" add constraint "api_tokens_user_id_foreign" foreign key ("user_id") references "users" ("id") on delete cascade;`,
    )
  }
}

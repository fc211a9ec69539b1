import { Migration } from '@mikro-orm/migrations'

export class Migration20261121032629_create_accounts_and_invitations extends Migration {
  override name = 'Migration20261121032629_create_accounts_and_invitations'

  override up(): void {
    this.addSql(
      `create table \`audit_log\` (\`id\` text not null primary key, \`at\` datetime not null, \`actor_id\` text null, \`actor\` text null, \`action\` text not null, \`subject_id\` text null, \`subject\` text null, \`details\` json null, \`address\` text null);`,
    )
    this.addSql(`create index \`audit_log_at_id_index\` on \`audit_log\` (\`at\`, \`id\`);`)

    this.addSql(
      `create table \`idempotency_keys\` (\`id\` text not null primary key, \`body_hash\` text not null, \`answer\` json null, \`created_at\` datetime not null);`,
    )
    this.addSql(
      `create index \`idempotency_keys_created_at_index\` on \`idempotency_keys\` (\`created_at\`);`,
    )

    this.addSql(
      `create table \`queued_mails\` (\`id\` text not null primary key, \`message\` json not null, \`attempts\` integer not null, \`due_at\` datetime not null, \`created_at\` datetime not null, \`last_error\` text null);`,
    )
    this.addSql(`create index \`queued_mails_due_at_index\` on \`queued_mails\` (\`due_at\`);`)

    this.addSql(`create table \`settings\` (\`name\` text not null primary key, \`value\` json not null);`)

    this.addSql(
      `create table \`users\` (\`id\` text not null primary key, \`email\` text not null, \`email_key\` text not null, \`email_verified_at\` datetime null, \`name\` text not null, \`password_hash\` text null, \`language\` text not null, \`time_zone\` text not null, \`role\` text not null, \`state\` text not null, \`avatar_version\` text null, \`created_at\` datetime not null, \`last_seen_at\` datetime null);`,
    )
    this.addSql(`create unique index \`users_email_key_unique\` on \`users\` (\`email_key\`);`)
    this.addSql(`create index \`users_created_at_id_index\` on \`users\` (\`created_at\`, \`id\`);`)

    this.addSql(
      `create table \`templates\` (\`id\` text not null primary key, \`owner_id\` text null, \`name\` text not null, \`description\` text not null, \`duration_minutes\` integer not null, \`policy\` json not null, \`agenda\` text not null, \`created_at\` datetime not null, constraint \`templates_owner_id_foreign\` foreign key (\`owner_id\`) references \`users\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`templates_owner_id_index\` on \`templates\` (\`owner_id\`);`)

    this.addSql(
      `create table \`sessions\` (\`id\` text not null primary key, \`user_id\` text not null, \`generation\` integer not null, \`seed\` text not null, \`token_hash\` text not null, \`rotated_at\` datetime not null, \`user_agent\` text not null, \`address\` text not null, \`created_at\` datetime not null, \`last_used_at\` datetime not null, \`expires_at\` datetime not null, constraint \`sessions_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`sessions_user_id_index\` on \`sessions\` (\`user_id\`);`)
    this.addSql(`create index \`sessions_expires_at_index\` on \`sessions\` (\`expires_at\`);`)

    this.addSql(
      `create table \`stays\` (\`id\` text not null primary key, \`meeting_id\` text not null, \`participant_id\` text not null, \`person_key\` text not null, \`user_id\` text null, \`name\` text not null, \`role\` text not null, \`joined_at\` datetime not null, \`seen_at\` datetime not null, \`left_at\` datetime null, constraint \`stays_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`stays_meeting_id_index\` on \`stays\` (\`meeting_id\`);`)
    this.addSql(`create index \`stays_user_id_index\` on \`stays\` (\`user_id\`);`)
    this.addSql(`create index \`stays_left_at_index\` on \`stays\` (\`left_at\`);`)
    this.addSql(
      `create index \`stays_meeting_id_joined_at_index\` on \`stays\` (\`meeting_id\`, \`joined_at\`);`,
    )

    this.addSql(
      `create table \`notices\` (\`id\` text not null primary key, \`user_id\` text not null, \`meeting_id\` text null, \`kind\` text not null, \`meeting_title\` text not null, \`actor\` text null, \`detail\` text null, \`created_at\` datetime not null, \`read_at\` datetime null, constraint \`notices_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade, constraint \`notices_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete set null);`,
    )
    this.addSql(`create index \`notices_user_id_index\` on \`notices\` (\`user_id\`);`)
    this.addSql(`create index \`notices_meeting_id_index\` on \`notices\` (\`meeting_id\`);`)
    this.addSql(
      `create index \`notices_user_id_created_at_id_index\` on \`notices\` (\`user_id\`, \`created_at\`, \`id\`);`,
    )
    this.addSql(`create index \`notices_user_id_read_at_index\` on \`notices\` (\`user_id\`, \`read_at\`);`)

    this.addSql(
      `create table \`memberships\` (\`user_id\` text not null, \`meeting_id\` text not null, \`relation\` text not null, \`past\` integer not null, \`at\` datetime not null, primary key (\`user_id\`, \`meeting_id\`), constraint \`memberships_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on update cascade on delete cascade, constraint \`memberships_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on update cascade on delete cascade);`,
    )
    this.addSql(`create index \`memberships_user_id_index\` on \`memberships\` (\`user_id\`);`)
    this.addSql(`create index \`memberships_meeting_id_index\` on \`memberships\` (\`meeting_id\`);`)
    this.addSql(
      `create index \`memberships_user_id_past_at_meeting_id_index\` on \`memberships\` (\`user_id\`, \`past\`, \`at\`, \`meeting_id\`);`,
    )

    this.addSql(
      `create table \`mail_tokens\` (\`id\` text not null primary key, \`user_id\` text not null, \`purpose\` text not null, \`token_hash\` text not null, \`created_at\` datetime not null, \`expires_at\` datetime not null, constraint \`mail_tokens_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`mail_tokens_user_id_index\` on \`mail_tokens\` (\`user_id\`);`)
    this.addSql(`create unique index \`mail_tokens_token_hash_unique\` on \`mail_tokens\` (\`token_hash\`);`)
    this.addSql(`create index \`mail_tokens_expires_at_index\` on \`mail_tokens\` (\`expires_at\`);`)

    this.addSql(
      `create table \`invitations\` (\`id\` text not null primary key, \`meeting_id\` text not null, \`user_id\` text null, \`email\` text not null, \`email_key\` text not null, \`name\` text null, \`role\` text not null, \`status\` text not null, \`note\` text null, \`proposal\` json null, \`answered_at\` datetime null, \`created_at\` datetime not null, constraint \`invitations_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade, constraint \`invitations_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete set null);`,
    )
    this.addSql(`create index \`invitations_meeting_id_index\` on \`invitations\` (\`meeting_id\`);`)
    this.addSql(`create index \`invitations_user_id_index\` on \`invitations\` (\`user_id\`);`)
    this.addSql(`create index \`invitations_email_key_index\` on \`invitations\` (\`email_key\`);`)
    this.addSql(
      `create unique index \`invitations_meeting_id_email_key_unique\` on \`invitations\` (\`meeting_id\`, \`email_key\`);`,
    )

    this.addSql(
      `create table \`avatars\` (\`user_id\` text not null primary key, \`image\` blob not null, constraint \`avatars_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on update cascade on delete cascade);`,
    )

    this.addSql(
      `create table \`api_tokens\` (\`id\` text not null primary key, \`user_id\` text not null, \`name\` text not null, \`token_hash\` text not null, \`scopes\` json not null, \`created_at\` datetime not null, \`last_used_at\` datetime null, \`expires_at\` datetime null, constraint \`api_tokens_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`api_tokens_user_id_index\` on \`api_tokens\` (\`user_id\`);`)
    this.addSql(`create unique index \`api_tokens_token_hash_unique\` on \`api_tokens\` (\`token_hash\`);`)

    this.addSql(`alter table \`meetings\` add column \`title_key\` text null;`)
    this.addSql(
      `alter table \`meetings\` add column \`owner_id\` text null constraint \`meetings_owner_id_foreign\` references \`users\` (\`id\`) on delete cascade;`,
    )
    this.addSql(`alter table \`meetings\` add column \`description\` text null;`)
    this.addSql(`alter table \`meetings\` add column \`agenda\` text null;`)
    this.addSql(`alter table \`meetings\` add column \`schedule\` json null;`)
    this.addSql(`alter table \`meetings\` add column \`policy\` json null;`)
    this.addSql(`alter table \`meetings\` add column \`password_hash\` text null;`)
    this.addSql(`alter table \`meetings\` add column \`state\` text not null default 'open';`)
    this.addSql(`alter table \`meetings\` add column \`started_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`ended_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`next_starts_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`due_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`remind_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`updated_at\` datetime null;`)
    this.addSql(`alter table \`meetings\` add column \`version\` integer not null default 1;`)
    this.addSql(`alter table \`meetings\` add column \`sequence\` integer not null default 0;`)
    this.addSql(`create index \`meetings_owner_id_index\` on \`meetings\` (\`owner_id\`);`)
    this.addSql(`create index \`meetings_due_at_index\` on \`meetings\` (\`due_at\`);`)
    this.addSql(`create index \`meetings_remind_at_index\` on \`meetings\` (\`remind_at\`);`)
  }
}

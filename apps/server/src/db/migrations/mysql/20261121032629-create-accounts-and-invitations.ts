import { Migration } from '@mikro-orm/migrations'

export class Migration20261121032629_create_accounts_and_invitations extends Migration {
  override name = 'Migration20261121032629_create_accounts_and_invitations'

  override up(): void {
    this.addSql(
      `create table \`audit_log\` (\`id\` varchar(36) not null, \`at\` datetime(3) not null, \`actor_id\` varchar(36) null, \`actor\` varchar(64) null, \`action\` varchar(60) not null, \`subject_id\` varchar(64) null, \`subject\` varchar(300) null, \`details\` json null, \`address\` varchar(64) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`audit_log\` add index \`audit_log_at_id_index\` (\`at\`, \`id\`);`)

    this.addSql(
      `create table \`idempotency_keys\` (\`id\` varchar(64) not null, \`body_hash\` varchar(64) not null, \`answer\` json null, \`created_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(
      `alter table \`idempotency_keys\` add index \`idempotency_keys_created_at_index\` (\`created_at\`);`,
    )

    this.addSql(
      `create table \`queued_mails\` (\`id\` varchar(36) not null, \`message\` json not null, \`attempts\` int not null, \`due_at\` datetime(3) not null, \`created_at\` datetime(3) not null, \`last_error\` varchar(500) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`queued_mails\` add index \`queued_mails_due_at_index\` (\`due_at\`);`)

    this.addSql(
      `create table \`settings\` (\`name\` varchar(60) not null, \`value\` json not null, primary key (\`name\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )

    this.addSql(
      `create table \`users\` (\`id\` varchar(36) not null, \`email\` varchar(254) not null, \`email_key\` varchar(254) not null, \`email_verified_at\` datetime(3) null, \`name\` varchar(64) not null, \`password_hash\` varchar(200) null, \`language\` varchar(35) not null, \`time_zone\` varchar(64) not null, \`role\` varchar(20) not null, \`state\` varchar(20) not null, \`avatar_version\` varchar(40) null, \`created_at\` datetime(3) not null, \`last_seen_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`users\` add unique \`users_email_key_unique\` (\`email_key\`);`)
    this.addSql(`alter table \`users\` add index \`users_created_at_id_index\` (\`created_at\`, \`id\`);`)

    this.addSql(
      `create table \`templates\` (\`id\` varchar(36) not null, \`owner_id\` varchar(36) null, \`name\` varchar(80) not null, \`description\` varchar(500) not null, \`duration_minutes\` int not null, \`policy\` json not null, \`agenda\` text not null, \`created_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`templates\` add index \`templates_owner_id_index\` (\`owner_id\`);`)

    this.addSql(
      `create table \`sessions\` (\`id\` varchar(36) not null, \`user_id\` varchar(36) not null, \`generation\` int not null, \`seed\` varchar(64) not null, \`token_hash\` varchar(64) not null, \`rotated_at\` datetime(3) not null, \`user_agent\` varchar(300) not null, \`address\` varchar(64) not null, \`created_at\` datetime(3) not null, \`last_used_at\` datetime(3) not null, \`expires_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`sessions\` add index \`sessions_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`sessions\` add index \`sessions_expires_at_index\` (\`expires_at\`);`)

    this.addSql(
      `create table \`stays\` (\`id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`participant_id\` varchar(36) not null, \`person_key\` varchar(64) not null, \`user_id\` varchar(36) null, \`name\` varchar(64) not null, \`role\` varchar(20) not null, \`joined_at\` datetime(3) not null, \`seen_at\` datetime(3) not null, \`left_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`stays\` add index \`stays_meeting_id_index\` (\`meeting_id\`);`)
    this.addSql(`alter table \`stays\` add index \`stays_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`stays\` add index \`stays_left_at_index\` (\`left_at\`);`)
    this.addSql(
      `alter table \`stays\` add index \`stays_meeting_id_joined_at_index\` (\`meeting_id\`, \`joined_at\`);`,
    )

    this.addSql(
      `create table \`notices\` (\`id\` varchar(36) not null, \`user_id\` varchar(36) not null, \`meeting_id\` varchar(36) null, \`kind\` varchar(40) not null, \`meeting_title\` varchar(120) not null, \`actor\` varchar(64) null, \`detail\` varchar(100) null, \`created_at\` datetime(3) not null, \`read_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`notices\` add index \`notices_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`notices\` add index \`notices_meeting_id_index\` (\`meeting_id\`);`)
    this.addSql(
      `alter table \`notices\` add index \`notices_user_id_created_at_id_index\` (\`user_id\`, \`created_at\`, \`id\`);`,
    )
    this.addSql(
      `alter table \`notices\` add index \`notices_user_id_read_at_index\` (\`user_id\`, \`read_at\`);`,
    )

    this.addSql(
      `create table \`memberships\` (\`user_id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`relation\` varchar(10) not null, \`past\` tinyint(1) not null, \`at\` datetime(3) not null, primary key (\`user_id\`, \`meeting_id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`memberships\` add index \`memberships_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`memberships\` add index \`memberships_meeting_id_index\` (\`meeting_id\`);`)
    this.addSql(
      `alter table \`memberships\` add index \`memberships_user_id_past_at_meeting_id_index\` (\`user_id\`, \`past\`, \`at\`, \`meeting_id\`);`,
    )

    this.addSql(
      `create table \`mail_tokens\` (\`id\` varchar(36) not null, \`user_id\` varchar(36) not null, \`purpose\` varchar(20) not null, \`token_hash\` varchar(64) not null, \`created_at\` datetime(3) not null, \`expires_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`mail_tokens\` add index \`mail_tokens_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`mail_tokens\` add unique \`mail_tokens_token_hash_unique\` (\`token_hash\`);`)
    this.addSql(`alter table \`mail_tokens\` add index \`mail_tokens_expires_at_index\` (\`expires_at\`);`)

    this.addSql(
      `create table \`invitations\` (\`id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`user_id\` varchar(36) null, \`email\` varchar(254) not null, \`email_key\` varchar(254) not null, \`name\` varchar(64) null, \`role\` varchar(20) not null, \`status\` varchar(20) not null, \`note\` text null, \`proposal\` json null, \`answered_at\` datetime(3) null, \`created_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`invitations\` add index \`invitations_meeting_id_index\` (\`meeting_id\`);`)
    this.addSql(`alter table \`invitations\` add index \`invitations_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`invitations\` add index \`invitations_email_key_index\` (\`email_key\`);`)
    this.addSql(
      `alter table \`invitations\` add unique \`invitations_meeting_id_email_key_unique\` (\`meeting_id\`, \`email_key\`);`,
    )

    this.addSql(
      `create table \`avatars\` (\`user_id\` varchar(36) not null, \`image\` blob not null, primary key (\`user_id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )

    this.addSql(
      `create table \`api_tokens\` (\`id\` varchar(36) not null, \`user_id\` varchar(36) not null, \`name\` varchar(80) not null, \`token_hash\` varchar(64) not null, \`scopes\` json not null, \`created_at\` datetime(3) not null, \`last_used_at\` datetime(3) null, \`expires_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`api_tokens\` add index \`api_tokens_user_id_index\` (\`user_id\`);`)
    this.addSql(`alter table \`api_tokens\` add unique \`api_tokens_token_hash_unique\` (\`token_hash\`);`)

    this.addSql(
      `alter table \`meetings\` add \`title_key\` varchar(360) null, add \`owner_id\` varchar(36) null, add \`description\` text null, add \`agenda\` text null, add \`schedule\` json null, add \`policy\` json null, add \`password_hash\` varchar(200) null, add \`state\` varchar(20) not null default 'open', add \`started_at\` datetime(3) null, add \`ended_at\` datetime(3) null, add \`next_starts_at\` datetime(3) null, add \`due_at\` datetime(3) null, add \`remind_at\` datetime(3) null, add \`updated_at\` datetime(3) null, add \`version\` int not null default 1, add \`sequence\` int not null default 0;`,
    )
    this.addSql(
      `alter table \`meetings\` add constraint \`meetings_owner_id_foreign\` foreign key (\`owner_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )
    this.addSql(`alter table \`meetings\` add index \`meetings_owner_id_index\` (\`owner_id\`);`)
    this.addSql(`alter table \`meetings\` add index \`meetings_due_at_index\` (\`due_at\`);`)
    this.addSql(`alter table \`meetings\` add index \`meetings_remind_at_index\` (\`remind_at\`);`)

    this.addSql(
      `alter table \`templates\` add constraint \`templates_owner_id_foreign\` foreign key (\`owner_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )

    this.addSql(
      `alter table \`sessions\` add constraint \`sessions_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )

    this.addSql(
      `alter table \`stays\` add constraint \`stays_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade;`,
    )

    this.addSql(
      `alter table \`notices\` add constraint \`notices_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )
    this.addSql(
      `alter table \`notices\` add constraint \`notices_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete set null;`,
    )

    this.addSql(
      `alter table \`memberships\` add constraint \`memberships_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on update cascade on delete cascade;`,
    )
    this.addSql(
      `alter table \`memberships\` add constraint \`memberships_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table \`mail_tokens\` add constraint \`mail_tokens_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )

    this.addSql(
      `alter table \`invitations\` add constraint \`invitations_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade;`,
    )
    this.addSql(
      `alter table \`invitations\` add constraint \`invitations_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete set null;`,
    )

    this.addSql(
      `alter table \`avatars\` add constraint \`avatars_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table \`api_tokens\` add constraint \`api_tokens_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )
  }
}

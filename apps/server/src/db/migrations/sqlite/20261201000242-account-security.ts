import { Migration } from '@mikro-orm/migrations'

export class Migration20261201000242_account_security extends Migration {
  override name = 'Migration20261201000242_account_security'

  override up(): void {
    this.addSql(
      `create table \`counted_mails\` (\`id\` text not null primary key, \`account\` text null, \`recipient_hash\` text not null, \`purpose\` text not null, \`counted_at\` datetime not null);`,
    )
    this.addSql(`create index \`counted_mails_counted_at_index\` on \`counted_mails\` (\`counted_at\`);`)
    this.addSql(
      `create index \`counted_mails_account_counted_at_index\` on \`counted_mails\` (\`account\`, \`counted_at\`);`,
    )
    this.addSql(
      `create index \`counted_mails_recipient_hash_purpose_counted_at_index\` on \`counted_mails\` (\`recipient_hash\`, \`purpose\`, \`counted_at\`);`,
    )

    this.addSql(
      `create table \`known_devices\` (\`id\` text not null primary key, \`user_id\` text not null, \`device_hash\` text not null, \`network\` text not null, \`created_at\` datetime not null, \`last_used_at\` datetime not null, constraint \`known_devices_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`known_devices_user_id_index\` on \`known_devices\` (\`user_id\`);`)
    this.addSql(`create index \`known_devices_last_used_at_index\` on \`known_devices\` (\`last_used_at\`);`)
    this.addSql(
      `create unique index \`known_devices_user_id_device_hash_network_unique\` on \`known_devices\` (\`user_id\`, \`device_hash\`, \`network\`);`,
    )

    this.addSql(`alter table \`sessions\` add column \`confirmed_at\` datetime null;`)

    this.addSql(`alter table \`mail_tokens\` add column \`state_hash\` text null;`)

    // Tokens end: those that were made without an end get a year from now.
    this.addSql(
      `update \`api_tokens\` set \`expires_at\` = (unixepoch() + 31536000) * 1000 where \`expires_at\` is null;`,
    )
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261201000242_account_security extends Migration {
  override name = 'Migration20261201000242_account_security'

  override up(): void {
    this.addSql(
      `create table \`counted_mails\` (\`id\` varchar(36) not null, \`account\` varchar(36) null, \`recipient_hash\` varchar(64) not null, \`purpose\` varchar(100) not null, \`counted_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(
      `alter table \`counted_mails\` add index \`counted_mails_counted_at_index\` (\`counted_at\`);`,
    )
    this.addSql(
      `alter table \`counted_mails\` add index \`counted_mails_account_counted_at_index\` (\`account\`, \`counted_at\`);`,
    )
    this.addSql(
      `alter table \`counted_mails\` add index \`counted_mails_recipient_hash_purpose_counted_at_index\` (\`recipient_hash\`, \`purpose\`, \`counted_at\`);`,
    )

    this.addSql(
      `create table \`known_devices\` (\`id\` varchar(36) not null, \`user_id\` varchar(36) not null, \`device_hash\` varchar(64) not null, \`network\` varchar(64) not null, \`created_at\` datetime(3) not null, \`last_used_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`known_devices\` add index \`known_devices_user_id_index\` (\`user_id\`);`)
    this.addSql(
      `alter table \`known_devices\` add index \`known_devices_last_used_at_index\` (\`last_used_at\`);`,
    )
    this.addSql(
      `alter table \`known_devices\` add unique \`known_devices_user_id_device_hash_network_unique\` (\`user_id\`, \`device_hash\`, \`network\`);`,
    )

    this.addSql(`alter table \`sessions\` add \`confirmed_at\` datetime(3) null;`)

    this.addSql(`alter table \`mail_tokens\` add \`state_hash\` varchar(64) null;`)

    this.addSql(
      `alter table \`known_devices\` add constraint \`known_devices_user_id_foreign\` foreign key (\`user_id\`) references \`users\` (\`id\`) on delete cascade;`,
    )

    // Tokens end: those that were made without an end get a year from now.
    this.addSql(
      `update \`api_tokens\` set \`expires_at\` = date_add(utc_timestamp(3), interval 365 day) where \`expires_at\` is null;`,
    )
  }
}

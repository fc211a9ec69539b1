import { Migration } from '@mikro-orm/migrations'

export class Migration20261121074523_waiting_rooms_and_bans extends Migration {
  override name = 'Migration20261121074523_waiting_rooms_and_bans'

  override up(): void {
    this.addSql(
      `create table \`calls\` (\`meeting_id\` varchar(36) not null, \`state\` json not null, \`updated_at\` datetime(3) not null, primary key (\`meeting_id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )

    this.addSql(
      `create table \`bans\` (\`id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`person_key\` varchar(64) not null, \`address\` varchar(64) null, \`name\` varchar(64) not null, \`by\` varchar(64) not null, \`at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`bans\` add index \`bans_meeting_id_index\` (\`meeting_id\`);`)

    this.addSql(
      `alter table \`calls\` add constraint \`calls_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table \`bans\` add constraint \`bans_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade;`,
    )
  }
}

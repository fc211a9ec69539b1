import { Migration } from '@mikro-orm/migrations'

export class Migration20261121074523_waiting_rooms_and_bans extends Migration {
  override name = 'Migration20261121074523_waiting_rooms_and_bans'

  override up(): void {
    this.addSql(
      `create table \`calls\` (\`meeting_id\` text not null primary key, \`state\` json not null, \`updated_at\` datetime not null, constraint \`calls_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on update cascade on delete cascade);`,
    )

    this.addSql(
      `create table \`bans\` (\`id\` text not null primary key, \`meeting_id\` text not null, \`person_key\` text not null, \`address\` text null, \`name\` text not null, \`by\` text not null, \`at\` datetime not null, constraint \`bans_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`bans_meeting_id_index\` on \`bans\` (\`meeting_id\`);`)
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261121105347_qualities_of_calls extends Migration {
  override name = 'Migration20261121105347_qualities_of_calls'

  override up(): void {
    this.addSql(
      `create table \`qualities\` (\`id\` text not null primary key, \`meeting_id\` text not null, \`person_key\` text not null, \`user_id\` text null, \`name\` text not null, \`started_at\` datetime not null, \`points\` json not null, constraint \`qualities_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`qualities_meeting_id_index\` on \`qualities\` (\`meeting_id\`);`)
    this.addSql(`create index \`qualities_user_id_index\` on \`qualities\` (\`user_id\`);`)
    this.addSql(
      `create index \`qualities_meeting_id_started_at_index\` on \`qualities\` (\`meeting_id\`, \`started_at\`);`,
    )
  }
}

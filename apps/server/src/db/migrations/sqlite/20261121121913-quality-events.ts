import { Migration } from '@mikro-orm/migrations'

export class Migration20261121121913_quality_events extends Migration {
  override name = 'Migration20261121121913_quality_events'

  override up(): void {
    this.addSql(
      `create table \`quality_events\` (\`id\` text not null primary key, \`meeting_id\` text not null, \`at\` datetime not null, \`kind\` text not null, \`person_key\` text null, \`user_id\` text null, \`name\` text null, \`details\` json not null, constraint \`quality_events_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade);`,
    )
    this.addSql(`create index \`quality_events_meeting_id_index\` on \`quality_events\` (\`meeting_id\`);`)
    this.addSql(`create index \`quality_events_user_id_index\` on \`quality_events\` (\`user_id\`);`)
    this.addSql(
      `create index \`quality_events_meeting_id_at_index\` on \`quality_events\` (\`meeting_id\`, \`at\`);`,
    )

    this.addSql(`alter table \`qualities\` add column \`ended_at\` datetime null;`)
  }
}

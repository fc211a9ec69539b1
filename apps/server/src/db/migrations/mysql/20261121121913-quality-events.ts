import { Migration } from '@mikro-orm/migrations'

export class Migration20261121121913_quality_events extends Migration {
  override name = 'Migration20261121121913_quality_events'

  override up(): void {
    this.addSql(
      `create table \`quality_events\` (\`id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`at\` datetime(3) not null, \`kind\` varchar(20) not null, \`person_key\` varchar(64) null, \`user_id\` varchar(36) null, \`name\` varchar(64) null, \`details\` json not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(
      `alter table \`quality_events\` add index \`quality_events_meeting_id_index\` (\`meeting_id\`);`,
    )
    this.addSql(`alter table \`quality_events\` add index \`quality_events_user_id_index\` (\`user_id\`);`)
    this.addSql(
      `alter table \`quality_events\` add index \`quality_events_meeting_id_at_index\` (\`meeting_id\`, \`at\`);`,
    )

    this.addSql(`alter table \`qualities\` add \`ended_at\` datetime(3) null;`)

    this.addSql(
      `alter table \`quality_events\` add constraint \`quality_events_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade;`,
    )
  }
}

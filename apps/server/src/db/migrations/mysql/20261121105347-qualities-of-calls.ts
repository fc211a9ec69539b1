import { Migration } from '@mikro-orm/migrations'

export class Migration20261121105347_qualities_of_calls extends Migration {
  override name = 'Migration20261121105347_qualities_of_calls'

  override up(): void {
    this.addSql(
      `create table \`qualities\` (\`id\` varchar(36) not null, \`meeting_id\` varchar(36) not null, \`person_key\` varchar(64) not null, \`user_id\` varchar(36) null, \`name\` varchar(64) not null, \`started_at\` datetime(3) not null, \`points\` json not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`qualities\` add index \`qualities_meeting_id_index\` (\`meeting_id\`);`)
    this.addSql(`alter table \`qualities\` add index \`qualities_user_id_index\` (\`user_id\`);`)
    this.addSql(
      `alter table \`qualities\` add index \`qualities_meeting_id_started_at_index\` (\`meeting_id\`, \`started_at\`);`,
    )

    this.addSql(
      `alter table \`qualities\` add constraint \`qualities_meeting_id_foreign\` foreign key (\`meeting_id\`) references \`meetings\` (\`id\`) on delete cascade;`,
    )
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261120234401_create_meetings extends Migration {
  override name = 'Migration20261120234401_create_meetings'

  override up(): void {
    this.addSql(
      `create table \`meetings\` (\`id\` varchar(36) not null, \`code\` varchar(16) not null, \`title\` varchar(120) not null, \`created_at\` datetime(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`,
    )
    this.addSql(`alter table \`meetings\` add unique \`meetings_code_unique\` (\`code\`);`)
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261120234401_create_meetings extends Migration {
  override name = 'Migration20261120234401_create_meetings'

  override up(): void {
    this.addSql(
      `create table \`meetings\` (\`id\` text not null primary key, \`code\` text not null, \`title\` text not null, \`created_at\` datetime not null);`,
    )
    this.addSql(`create unique index \`meetings_code_unique\` on \`meetings\` (\`code\`);`)
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261201002843_search_keys extends Migration {
  override name = 'Migration20261201002843_search_keys'

  override up(): void {
    this.addSql(`alter table \`users\` add column \`name_key\` text null;`)
  }
}

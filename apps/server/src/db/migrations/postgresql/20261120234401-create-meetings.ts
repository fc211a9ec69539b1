import { Migration } from '@mikro-orm/migrations'

export class Migration20261120234401_create_meetings extends Migration {
  override name = 'Migration20261120234401_create_meetings'

  override up(): void {
    this.addSql(
      `create table "meetings" ("id" uuid not null, "code" varchar(16) not null, "title" varchar(120) not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`alter table "meetings" add constraint "meetings_code_unique" unique ("code");`)
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261121105347_qualities_of_calls extends Migration {
  override name = 'Migration20261121105347_qualities_of_calls'

  override up(): void {
    this.addSql(
      `create table "qualities" ("id" uuid not null, "meeting_id" uuid not null, "person_key" varchar(64) not null, "user_id" uuid null, "name" varchar(64) not null, "started_at" timestamptz(3) not null, "points" jsonb not null, primary key ("id"));`,
    )
    this.addSql(`create index "qualities_user_id_index" on "qualities" ("user_id");`)
    this.addSql(
      `create index "qualities_meeting_id_started_at_index" on "qualities" ("meeting_id", "started_at");`,
    )

    this.addSql(
      `alter table "qualities" add constraint "qualities_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete cascade;`,
    )
  }
}

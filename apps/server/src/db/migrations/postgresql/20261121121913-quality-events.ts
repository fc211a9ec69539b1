import { Migration } from '@mikro-orm/migrations'

export class Migration20261121121913_quality_events extends Migration {
  override name = 'Migration20261121121913_quality_events'

  override up(): void {
    this.addSql(
      `create table "quality_events" ("id" uuid not null, "meeting_id" uuid not null, "at" timestamptz(3) not null, "kind" varchar(20) not null, "person_key" varchar(64) null, "user_id" uuid null, "name" varchar(64) null, "details" jsonb not null, primary key ("id"));`,
    )
    this.addSql(`create index "quality_events_user_id_index" on "quality_events" ("user_id");`)
    this.addSql(`create index "quality_events_meeting_id_at_index" on "quality_events" ("meeting_id", "at");`)

    this.addSql(`alter table "qualities" add "ended_at" timestamptz(3) null;`)

    this.addSql(
      `alter table "quality_events" add constraint "quality_events_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete cascade;`,
    )
  }
}

import { Migration } from '@mikro-orm/migrations'

export class Migration20261121074523_waiting_rooms_and_bans extends Migration {
  override name = 'Migration20261121074523_waiting_rooms_and_bans'

  override up(): void {
    this.addSql(
      `create table "calls" ("meeting_id" uuid not null, "state" jsonb not null, "updated_at" timestamptz(3) not null, primary key ("meeting_id"));`,
    )

    this.addSql(
      `create table "bans" ("id" uuid not null, "meeting_id" uuid not null, "person_key" varchar(64) not null, "address" varchar(64) null, "name" varchar(64) not null, "by" varchar(64) not null, "at" timestamptz(3) not null, primary key ("id"));`,
    )
    this.addSql(`create index "bans_meeting_id_index" on "bans" ("meeting_id");`)

    this.addSql(
      `alter table "calls" add constraint "calls_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on update cascade on delete cascade;`,
    )

    this.addSql(
      `alter table "bans" add constraint "bans_meeting_id_foreign" foreign key ("meeting_id") references "meetings" ("id") on delete cascade;`,
    )
  }
}

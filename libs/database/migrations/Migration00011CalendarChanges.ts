/** What was changed about the council's closures and polling days, by whom: a record that never changes. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00011CalendarChanges extends Migration {
  override up(): void {
    this.addSql(
      `create table "calendar_change" ("id" uuid not null, "council_id" varchar(255) not null, "number" int not null, "change" jsonb not null, "changed_by" uuid not null, "on_behalf_of" uuid null, "changed_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "calendar_change" add constraint "calendar_change_council_id_number_unique" unique ("council_id", "number")`);
    for (const [column, target] of [
      ['council_id', 'council'],
      ['changed_by', 'person'],
      ['on_behalf_of', 'person'],
    ])
      this.addSql(
        `alter table "calendar_change" add constraint "calendar_change_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
    this.addSql(
      'create trigger "calendar_change_never_changes" before update or delete or truncate on "calendar_change" for each statement execute function "refuse_change"()',
    );
  }
}

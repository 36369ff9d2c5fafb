/** Which meetings were moved, from when to when, by whom: a record that never changes. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00004MeetingMoves extends Migration {
  override up(): void {
    this.addSql(
      `create table "meeting_move" ("id" uuid not null, "council_id" varchar(255) not null, "number" int not null, "meeting_id" uuid not null, "from_date" date not null, "to_date" date not null, "reason" text null, "moved_by" uuid not null, "moved_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "meeting_move" add constraint "meeting_move_council_id_number_unique" unique ("council_id", "number")`);
    for (const [column, target] of [
      ['council_id', 'council'],
      ['meeting_id', 'meeting'],
      ['moved_by', 'person'],
    ])
      this.addSql(
        `alter table "meeting_move" add constraint "meeting_move_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
    this.addSql(
      'create trigger "meeting_move_never_changes" before update or delete or truncate on "meeting_move" for each statement execute function "refuse_change"()',
    );
  }
}

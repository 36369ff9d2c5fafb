/** Meetings in full: time, state, address and what the council's own calendar says of them; changes that are no moves; calendars that wait. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00005Meetings extends Migration {
  override up(): void {
    this.addSql(
      `alter table "meeting" add column "time" varchar(255) null, add column "state" varchar(255) not null default 'planned', add column "extraordinary" boolean not null default false, add column "agenda_published_on" date null, add column "address" text null, add column "listed" jsonb null, add column "revision" int not null default 0`,
    );
    this.addSql(
      `alter table "meeting" add constraint "meeting_state_known" check ("state" in ('planned', 'agenda-published', 'held', 'adjourned', 'cancelled', 'inquorate'))`,
    );
    // A meeting that was called off stays on record, and its body can meet on that day after all.
    this.addSql(`alter table "meeting" drop constraint "meeting_council_id_body_date_unique"`);
    this.addSql(
      `create unique index "meeting_council_id_body_date_unique" on "meeting" ("council_id", "body", "date") where "state" in ('planned', 'agenda-published', 'held')`,
    );
    this.addSql(
      `alter table "meeting_move" add column "kind" varchar(255) not null default 'moved', add column "to_meeting_id" uuid null, add column "business" jsonb not null default '[]', alter column "to_date" drop not null`,
    );
    this.addSql(
      `alter table "meeting_move" add constraint "meeting_move_to_meeting_id_foreign" foreign key ("to_meeting_id") references "meeting" ("id") deferrable initially deferred`,
    );
    this.addSql(
      `create table "uploaded_calendar" ("id" uuid not null, "council_id" varchar(255) not null, "sent_by" uuid not null, "file_name" varchar(255) not null, "source_sha256" varchar(255) not null, "entries" jsonb not null, "sent_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "uploaded_calendar_council_id_sent_by_index" on "uploaded_calendar" ("council_id", "sent_by")`);
    for (const [column, target] of [
      ['council_id', 'council'],
      ['sent_by', 'person'],
    ])
      this.addSql(
        `alter table "uploaded_calendar" add constraint "uploaded_calendar_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
  }
}

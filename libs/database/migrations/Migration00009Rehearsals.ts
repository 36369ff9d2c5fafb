/** The rehearsals that people ask for, each with the events that it came back with. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00009Rehearsals extends Migration {
  override up(): void {
    this.addSql(
      `create table "rehearsal" ("id" uuid not null, "council_id" varchar(255) not null, "year" varchar(255) not null, "scenario" varchar(255) not null, "change" jsonb null, "asked_by" uuid not null, "asked_at" timestamptz not null, "state" varchar(255) not null, "begins_on" date not null, "ends_on" date not null, "reached_day" date null, "events" jsonb null, "failed_because" text null, "beat_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "rehearsal" add constraint "rehearsal_says_how_it_ended" check (case "state" when 'waiting' then "events" is null when 'running' then "events" is null when 'done' then "events" is not null when 'failed' then "failed_because" ~ '[^[:space:]]' else false end)`,
    );
    this.addSql(`create index "rehearsal_council_id_asked_at_index" on "rehearsal" ("council_id", "asked_at")`);
    const references = [
      ['council_id', 'council'],
      ['asked_by', 'person'],
    ];
    for (const [column, target] of references)
      this.addSql(
        `alter table "rehearsal" add constraint "rehearsal_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
  }
}

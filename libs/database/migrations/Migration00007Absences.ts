/** Absences with their stand-ins, and in the record the second name: for whom somebody acted. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00007Absences extends Migration {
  override up(): void {
    this.addSql(
      `create table "absence" ("id" uuid not null, "council_id" varchar(255) not null, "person_id" uuid not null, "first_day" date not null, "last_day" date null, "stand_in_id" uuid null, "handovers" jsonb not null, "reason" text null, "recorded_by" uuid not null, "recorded_at" timestamptz not null, "handed_over_on" date null, "told_of_end_on" date null, primary key ("id"))`,
    );
    this.addSql(`create index "absence_council_id_first_day_index" on "absence" ("council_id", "first_day")`);
    this.addSql('alter table "absence" add constraint "absence_stand_in_is_another" check ("stand_in_id" is distinct from "person_id")');
    for (const [column, target] of [
      ['council_id', 'council'],
      ['person_id', 'person'],
      ['stand_in_id', 'person'],
      ['recorded_by', 'person'],
    ])
      this.refer('absence', column!, target!);
    this.addSql('alter table "plan_version" add column "author_for_id" uuid null');
    this.refer('plan_version', 'author_for_id', 'person');
    for (const table of ['decision', 'step_change', 'measurement', 'action_update', 'meeting_move', 'query_acceptance']) {
      this.addSql(`alter table "${table}" add column "on_behalf_of" uuid null`);
      this.refer(table, 'on_behalf_of', 'person');
    }
    this.keepAuthorsFromDeciding();
  }

  /** Whoever submitted a version, or for whom it was submitted, decides about it neither themselves nor through a stand-in. */
  private keepAuthorsFromDeciding(): void {
    this.addSql('alter table "decision" add column "version_author_for_id" uuid null');
    this.addSql(`create or replace function "decision_names_author"() returns trigger language plpgsql as $$
      begin
        select "author_id", "author_for_id" into new."version_author_id", new."version_author_for_id"
          from "plan_version" where "id" = new."version_id";
        return new;
      end $$`);
    this.addSql(`alter table "decision" add constraint "decision_not_for_author" check (
      "decided_by" is distinct from "version_author_for_id"
      and ("on_behalf_of" is null
        or ("on_behalf_of" is distinct from "version_author_id" and "on_behalf_of" is distinct from "version_author_for_id")))`);
  }

  private refer(table: string, column: string, target: string): void {
    this.addSql(
      `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
    );
  }
}

/** The answers to the alarms of 1 April and what follows from them for a plan; who was chased by whom. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00008Guard extends Migration {
  override up(): void {
    this.addSql('alter table "plan" add column "meetings" jsonb null, add column "publication" date null');
    this.addSql('alter table "task" add column "cycle_id" uuid null');
    this.addSql(
      'create unique index "task_one_open_for_cycle" on "task" ("cycle_id", "kind", "post_id") nulls not distinct where "closed_at" is null and "cycle_id" is not null',
    );
    this.addSql(
      `create table "guard_answer" ("id" uuid not null, "plan_id" uuid not null, "number" int not null, "round" int not null, "kind" varchar(255) not null, "meeting_id" uuid null, "until" date not null, "reason" text null, "answered_by" uuid not null, "answered_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "guard_answer" add constraint "guard_answer_plan_id_number_unique" unique ("plan_id", "number")`);
    this.addSql(
      `alter table "guard_answer" add constraint "guard_answer_says_what" check (case "kind" when 'other-meeting' then "meeting_id" is not null when 'urgency' then "reason" ~ '[^[:space:]]' when 'accept-lateness' then "reason" ~ '[^[:space:]]' else false end)`,
    );
    this.addSql(
      `create table "chase" ("id" uuid not null, "council_id" varchar(255) not null, "plan_id" uuid null, "quarter_id" uuid null, "person_id" uuid not null, "chased_by" uuid not null, "chased_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "chase" add constraint "chase_about_one_thing" check (("plan_id" is null) <> ("quarter_id" is null))`);
    this.addSql(`create index "chase_plan_id_chased_at_index" on "chase" ("plan_id", "chased_at")`);
    this.addSql(`create index "chase_quarter_id_chased_at_index" on "chase" ("quarter_id", "chased_at")`);
    this.tieRowsTogether();
    for (const table of ['guard_answer', 'chase'])
      this.addSql(
        `create trigger "${table}_never_changes" before update or delete or truncate on "${table}" for each statement execute function "refuse_change"()`,
      );
  }

  private tieRowsTogether(): void {
    const references: [table: string, column: string, target: string][] = [
      ['task', 'cycle_id', 'cycle'],
      ['guard_answer', 'plan_id', 'plan'],
      ['guard_answer', 'meeting_id', 'meeting'],
      ['guard_answer', 'answered_by', 'person'],
      ['chase', 'council_id', 'council'],
      ['chase', 'plan_id', 'plan'],
      ['chase', 'quarter_id', 'quarter'],
      ['chase', 'person_id', 'person'],
      ['chase', 'chased_by', 'person'],
    ];
    for (const [table, column, target] of references)
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
  }
}

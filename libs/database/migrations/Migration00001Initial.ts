/** The first schema: every table, and below them what the database itself guarantees. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00001Initial extends Migration {
  override up(): void {
    this.createTables();
    this.tieRowsTogether();
    this.guardTheProcess();
    this.refuseChangesToTheRecord();
  }

  private createTables(): void {
    this.addSql(
      `create table "action_update" ("id" uuid not null, "council_id" varchar(255) not null, "plan_id" uuid not null, "year" varchar(255) not null, "quarter" int not null, "row_id" varchar(255) not null, "code" varchar(255) not null, "name" text not null, "post_id" uuid null, "status" varchar(255) null, "percent" int null, "commentary" text not null, "demonstration" boolean not null default false, "entered_by" uuid null, "entered_at" timestamptz null, "revision" int not null default 1, primary key ("id"))`,
    );
    this.addSql(`create index "action_update_council_id_year_quarter_index" on "action_update" ("council_id", "year", "quarter")`);
    this.addSql(
      `alter table "action_update" add constraint "action_update_plan_id_year_quarter_row_id_unique" unique ("plan_id", "year", "quarter", "row_id")`,
    );
    this.addSql(
      `create table "api_token" ("id" uuid not null, "council_id" varchar(255) not null, "person_id" uuid not null, "token_hash" varchar(255) not null, "name" varchar(255) not null, "created_at" timestamptz not null, "expires_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "api_token" add constraint "api_token_token_hash_unique" unique ("token_hash")`);
    this.addSql(
      `create table "audit_entry" ("council_id" varchar(255) not null, "number" int not null, "at" timestamptz not null, "person_id" uuid null, "act" varchar(255) not null, "subject" varchar(255) not null, "details" jsonb not null, "previous_hash" varchar(255) not null, "hash" varchar(255) not null, primary key ("council_id", "number"))`,
    );
    this.addSql(
      `create table "cabinet_report" ("id" uuid not null, "quarter_id" uuid not null, "number" int not null, "prepared_for" varchar(255) not null, "content" jsonb not null, "prepared_at" timestamptz not null, "prepared_by" uuid null, primary key ("id"))`,
    );
    this.addSql(`alter table "cabinet_report" add constraint "cabinet_report_quarter_id_number_unique" unique ("quarter_id", "number")`);
    this.addSql(
      `create table "council" ("id" varchar(255) not null, "name" varchar(255) not null, "demonstration" boolean not null default false, "clock_offset_ms" bigint not null default '0', "settings" jsonb not null, primary key ("id"))`,
    );
    this.addSql(
      `create table "cycle" ("id" uuid not null, "council_id" varchar(255) not null, "year" varchar(255) not null, "route" jsonb not null, "dates" jsonb not null, "status" varchar(255) not null, "opened_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "cycle" add constraint "cycle_council_id_year_unique" unique ("council_id", "year")`);
    this.addSql(
      `create table "decision" ("id" uuid not null, "plan_id" uuid not null, "version_id" uuid not null, "version_author_id" uuid null, "stage" varchar(255) not null, "round" int not null, "step" varchar(255) not null, "effective" boolean not null, "reason" text null, "minute" varchar(255) null, "decided_by" uuid not null, "decided_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "decision_plan_id_decided_at_index" on "decision" ("plan_id", "decided_at")`);
    this.addSql(
      `create table "full_plan_draft" ("plan_id" uuid not null, "parts" jsonb not null, "edited_by" uuid null, "edited_at" timestamptz not null, "signed_off_by" uuid null, "signed_off_at" timestamptz null, "revision" int not null default 1, primary key ("plan_id"))`,
    );
    this.addSql(
      `create table "measurement" ("id" uuid not null, "council_id" varchar(255) not null, "plan_id" uuid not null, "year" varchar(255) not null, "quarter" int not null, "code" varchar(255) not null, "name" text not null, "post_id" uuid null, "value" varchar(255) not null, "commentary" text not null, "provisional" boolean not null default false, "demonstration" boolean not null default false, "entered_by" uuid null, "entered_at" timestamptz null, "revision" int not null default 1, primary key ("id"))`,
    );
    this.addSql(`create index "measurement_council_id_year_quarter_index" on "measurement" ("council_id", "year", "quarter")`);
    this.addSql(
      `alter table "measurement" add constraint "measurement_plan_id_year_quarter_code_unique" unique ("plan_id", "year", "quarter", "code")`,
    );
    this.addSql(
      `create table "measure_setting" ("id" uuid not null, "council_id" varchar(255) not null, "table" varchar(255) not null, "code" varchar(255) not null, "settings" jsonb not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "measure_setting" add constraint "measure_setting_council_id_table_code_unique" unique ("council_id", "table", "code")`,
    );
    this.addSql(
      `create table "meeting" ("id" uuid not null, "council_id" varchar(255) not null, "body" varchar(255) not null, "date" date not null, "considers" jsonb not null, "place" varchar(255) null, primary key ("id"))`,
    );
    this.addSql(`alter table "meeting" add constraint "meeting_council_id_body_date_unique" unique ("council_id", "body", "date")`);
    this.addSql(
      `create table "message" ("id" uuid not null, "council_id" varchar(255) not null, "recipient_email" varchar(255) not null, "thread" uuid null, "status" varchar(255) not null, "attempts" int not null default 0, "next_attempt_at" timestamptz not null, "last_error" text null, "sent_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "message_status_next_attempt_at_index" on "message" ("status", "next_attempt_at")`);
    this.addSql(
      `create table "notice" ("id" uuid not null, "council_id" varchar(255) not null, "kind" varchar(255) not null, "subject" varchar(255) not null, "recipient" varchar(255) not null, "occurrence" varchar(255) not null, "message_id" uuid not null, "facts" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "notice_message_id_index" on "notice" ("message_id")`);
    this.addSql(
      `alter table "notice" add constraint "notice_council_id_kind_subject_recipient_occurrence_unique" unique ("council_id", "kind", "subject", "recipient", "occurrence")`,
    );
    this.addSql(
      `create table "person" ("id" uuid not null, "council_id" varchar(255) not null, "name" varchar(255) not null, "email" varchar(255) not null, "job_title" varchar(255) not null, "manager_id" uuid null, "left_on" date null, primary key ("id"))`,
    );
    this.addSql(`alter table "person" add constraint "person_council_id_email_unique" unique ("council_id", "email")`);
    this.addSql(
      `create table "plan" ("id" uuid not null, "council_id" varchar(255) not null, "year" varchar(255) not null, "slug" varchar(255) not null, "title" varchar(255) not null, "cycle_id" uuid null, "at" varchar(255) not null, "round" int not null, "full_plan" varchar(255) not null, "since" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "plan_cycle_id_index" on "plan" ("cycle_id")`);
    this.addSql(`alter table "plan" add constraint "plan_council_id_year_slug_unique" unique ("council_id", "year", "slug")`);
    this.addSql(
      `create table "plan_draft" ("plan_id" uuid not null, "content" jsonb not null, "rolled_from" jsonb null, "edited_rows" jsonb not null, "edited_by" uuid null, "edited_at" timestamptz not null, "revision" int not null default 1, primary key ("plan_id"))`,
    );
    this.addSql(
      `create table "plan_version" ("id" uuid not null, "plan_id" uuid not null, "number" int not null, "origin" varchar(255) not null, "content" jsonb not null, "extract_hash" varchar(255) not null, "full_hash" varchar(255) not null, "author_id" uuid null, "source_file" varchar(255) null, "source_sha256" varchar(255) null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "plan_version" add constraint "plan_version_plan_id_number_unique" unique ("plan_id", "number")`);
    this.addSql(
      `create table "post" ("id" uuid not null, "council_id" varchar(255) not null, "title" varchar(255) not null, "other_spellings" jsonb not null, "holder_id" uuid null, "deputy_id" uuid null, "team_mailbox" varchar(255) null, primary key ("id"))`,
    );
    this.addSql(`alter table "post" add constraint "post_council_id_title_unique" unique ("council_id", "title")`);
    this.addSql(
      `create table "quarter" ("id" uuid not null, "council_id" varchar(255) not null, "year" varchar(255) not null, "quarter" int not null, "status" varchar(255) not null, "dates" jsonb not null, "opened_at" timestamptz not null, "minute" varchar(255) null, "closed_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(`alter table "quarter" add constraint "quarter_council_id_year_quarter_unique" unique ("council_id", "year", "quarter")`);
    this.addSql(
      `create table "request_answer" ("key" varchar(255) not null, "body_hash" varchar(255) not null, "answer" jsonb not null, "created_at" timestamptz not null, primary key ("key"))`,
    );
    this.addSql(`create index "request_answer_created_at_index" on "request_answer" ("created_at")`);
    this.addSql(
      `create table "role_grant" ("id" uuid not null, "council_id" varchar(255) not null, "person_id" uuid not null, "role" varchar(255) not null, "scope" varchar(255) null, primary key ("id"))`,
    );
    this.addSql(`create index "role_grant_council_id_role_index" on "role_grant" ("council_id", "role")`);
    this.addSql(`create index "role_grant_person_id_index" on "role_grant" ("person_id")`);
    this.addSql(
      `create table "session" ("id_hash" varchar(255) not null, "data" jsonb not null, "expires_at" timestamptz not null, primary key ("id_hash"))`,
    );
    this.addSql(`create index "session_expires_at_index" on "session" ("expires_at")`);
    this.addSql(
      `create table "step_change" ("id" uuid not null, "plan_id" uuid not null, "number" int not null, "step" varchar(255) not null, "from_at" varchar(255) not null, "to_at" varchar(255) not null, "round" int not null, "person_id" uuid null, "version_id" uuid null, "reason" text null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "step_change" add constraint "step_change_plan_id_number_unique" unique ("plan_id", "number")`);
    this.addSql(
      `create table "task" ("id" uuid not null, "council_id" varchar(255) not null, "kind" varchar(255) not null, "plan_id" uuid null, "quarter_id" uuid null, "at" varchar(255) not null, "round" int not null default 1, "role" varchar(255) null, "scope" varchar(255) null, "post_id" uuid null, "due_on" date null, "opened_at" timestamptz not null, "reminded_on" date null, "closed_at" timestamptz null, "closed_by" uuid null, primary key ("id"))`,
    );
    this.addSql(`create index "task_council_id_closed_at_index" on "task" ("council_id", "closed_at")`);
    this.addSql(`create index "task_plan_id_index" on "task" ("plan_id")`);
    this.addSql(`create index "task_quarter_id_index" on "task" ("quarter_id")`);
  }

  /** Checked at the end of a transaction, so that the rows of one act can be written in any order. */
  private tieRowsTogether(): void {
    const references: [table: string, column: string, target: string][] = [
      ['person', 'council_id', 'council'],
      ['post', 'holder_id', 'person'],
      ['post', 'deputy_id', 'person'],
      ['role_grant', 'person_id', 'person'],
      ['api_token', 'person_id', 'person'],
      ['plan', 'council_id', 'council'],
      ['plan', 'cycle_id', 'cycle'],
      ['plan_draft', 'plan_id', 'plan'],
      ['full_plan_draft', 'plan_id', 'plan'],
      ['plan_version', 'plan_id', 'plan'],
      ['plan_version', 'author_id', 'person'],
      ['decision', 'decided_by', 'person'],
      ['step_change', 'plan_id', 'plan'],
      ['step_change', 'version_id', 'plan_version'],
      ['task', 'plan_id', 'plan'],
      ['task', 'quarter_id', 'quarter'],
      ['task', 'post_id', 'post'],
      ['notice', 'message_id', 'message'],
      ['quarter', 'council_id', 'council'],
      ['measurement', 'plan_id', 'plan'],
      ['measurement', 'post_id', 'post'],
      ['action_update', 'plan_id', 'plan'],
      ['action_update', 'post_id', 'post'],
      ['cabinet_report', 'quarter_id', 'quarter'],
    ];
    for (const [table, column, target] of references)
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
  }

  private guardTheProcess(): void {
    // One effective decision for each plan, stage and round (I2), on a version of that same plan, never by its author.
    this.addSql('create unique index "decision_one_effective" on "decision" ("plan_id", "stage", "round") where "effective"');
    this.addSql('alter table "plan_version" add constraint "plan_version_id_plan_unique" unique ("id", "plan_id")');
    this.addSql(
      'alter table "decision" add constraint "decision_version_of_plan" foreign key ("version_id", "plan_id") references "plan_version" ("id", "plan_id")',
    );
    this.addSql('alter table "decision" add constraint "decision_not_by_author" check ("decided_by" is distinct from "version_author_id")');
    this.addSql(`create function "decision_names_author"() returns trigger language plpgsql as $$
      begin
        select "author_id" into new."version_author_id" from "plan_version" where "id" = new."version_id";
        return new;
      end $$`);
    // The author is looked up by the database, so that no caller can leave it out.
    this.addSql(
      'create trigger "decision_names_author" before insert on "decision" for each row execute function "decision_names_author"()',
    );
    this.addSql(`create unique index "plan_version_one_published" on "plan_version" ("plan_id") where "origin" = 'published'`);
    this.addSql(
      'create unique index "task_one_open" on "task" ("plan_id", "kind", "at", "round") where "closed_at" is null and "plan_id" is not null',
    );
    this.addSql(
      'create unique index "task_one_open_for_post" on "task" ("quarter_id", "kind", "post_id") nulls not distinct where "closed_at" is null and "quarter_id" is not null',
    );
    // GMT and Cabinet each get one prepared report of a quarter; on demand there may be many.
    this.addSql(
      `create unique index "cabinet_report_one_each" on "cabinet_report" ("quarter_id", "prepared_for") where "prepared_for" <> 'on-demand'`,
    );
    this.addSql(`alter table "plan" add constraint "plan_round_counts_up" check ("round" >= 1)`);
    this.addSql(`create index "message_queued" on "message" ("next_attempt_at") where "status" = 'queued'`);
  }

  private refuseChangesToTheRecord(): void {
    this.addSql(`create function "refuse_change"() returns trigger language plpgsql as $$
      begin
        raise exception 'Rows of % are never changed or deleted.', tg_table_name using errcode = 'restrict_violation';
      end $$`);
    for (const table of ['plan_version', 'decision', 'step_change', 'audit_entry', 'cabinet_report'])
      this.addSql(
        `create trigger "${table}_never_changes" before update or delete or truncate on "${table}" for each statement execute function "refuse_change"()`,
      );
  }
}

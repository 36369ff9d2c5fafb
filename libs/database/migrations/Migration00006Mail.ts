/** One digest a day for each person, and what becomes of e-mails that cannot be delivered. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00006Mail extends Migration {
  override up(): void {
    this.addSql(`alter table "message" add column "digest_on" date null, add column "sealed" boolean not null default false`);
    this.addSql(`alter table "message" add column "due_at" timestamptz null, add column "task_id" uuid null`);
    // What was written before had no time apart from its next attempt.
    this.addSql(`update "message" set "due_at" = "next_attempt_at"`);
    this.addSql(`alter table "message" alter column "due_at" set not null`);
    this.addSql(
      `alter table "message" add constraint "message_council_id_recipient_email_digest_on_unique" unique ("council_id", "recipient_email", "digest_on")`,
    );
    this.addSql(`create index "message_task_id_index" on "message" ("task_id")`);
    // Those to one recipient leave in their order; each looks whether an earlier one still waits.
    this.addSql(
      `create index "message_queued_for_recipient" on "message" ("council_id", "recipient_email", "due_at") where "status" = 'queued'`,
    );
    this.addSql(`alter table "notice" add column "task_ids" jsonb null, add column "left_out" varchar(255) null`);
    this.addSql(`alter table "task" add column "message_id" uuid null, add column "closed_because" text null`);
    for (const [table, column, target] of [
      ['message', 'task_id', 'task'],
      ['task', 'message_id', 'message'],
    ])
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
    // A second refusal for the same e-mail address joins the open task; here one message opens one task at most.
    this.addSql(
      `create unique index "task_one_open_for_message" on "task" ("message_id") where "closed_at" is null and "message_id" is not null`,
    );
  }
}

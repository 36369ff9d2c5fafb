/** Queries accepted with a reason: rows that never change, and the withdrawals beside them. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00002QueryAcceptances extends Migration {
  override up(): void {
    this.addSql(
      `create table "query_acceptance" ("id" uuid not null, "plan_id" uuid not null, "rule" varchar(255) not null, "row_id" text null, "code" text null, "column" text null, "text" text not null, "message" text not null, "reason" text not null, "accepted_by" uuid not null, "accepted_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "query_acceptance_plan_id_accepted_at_index" on "query_acceptance" ("plan_id", "accepted_at")`);
    this.addSql(
      `create table "acceptance_withdrawal" ("acceptance_id" uuid not null, "withdrawn_by" uuid not null, "withdrawn_at" timestamptz not null, primary key ("acceptance_id"))`,
    );
    this.addSql(`alter table "query_acceptance" add constraint "query_acceptance_has_reason" check ("reason" ~ '[^[:space:]]')`);
    const references: [table: string, column: string, target: string][] = [
      ['query_acceptance', 'plan_id', 'plan'],
      ['query_acceptance', 'accepted_by', 'person'],
      ['acceptance_withdrawal', 'acceptance_id', 'query_acceptance'],
      ['acceptance_withdrawal', 'withdrawn_by', 'person'],
    ];
    for (const [table, column, target] of references)
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
    for (const table of ['query_acceptance', 'acceptance_withdrawal'])
      this.addSql(
        `create trigger "${table}_never_changes" before update or delete or truncate on "${table}" for each statement execute function "refuse_change"()`,
      );
  }
}

/** Where a document waits between being sent and being taken over into a draft. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00003UploadedDocuments extends Migration {
  override up(): void {
    this.addSql(
      `create table "uploaded_document" ("id" uuid not null, "plan_id" uuid not null, "sent_by" uuid not null, "file_name" varchar(255) not null, "source_sha256" varchar(255) not null, "content" jsonb not null, "remarks" jsonb not null, "sent_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "uploaded_document_plan_id_sent_by_index" on "uploaded_document" ("plan_id", "sent_by")`);
    for (const [column, target] of [
      ['plan_id', 'plan'],
      ['sent_by', 'person'],
    ])
      this.addSql(
        `alter table "uploaded_document" add constraint "uploaded_document_${column}_foreign" foreign key ("${column}") references "${target}" ("id") deferrable initially deferred`,
      );
  }
}

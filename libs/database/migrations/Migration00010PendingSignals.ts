/** Signals to workflows, written with what they tell of and sent afterwards. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00010PendingSignals extends Migration {
  override up(): void {
    this.addSql(
      `create table "pending_signal" ("id" uuid not null, "council_id" varchar(255) not null, "workflow_id" varchar(255) not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "pending_signal" add constraint "pending_signal_council_id_foreign" foreign key ("council_id") references "council" ("id") deferrable initially deferred`,
    );
  }
}

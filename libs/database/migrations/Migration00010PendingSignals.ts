/** Signals to workflows, written with what they tell of and sent afterwards. */
import { Migration } from '@mikro-orm/migrations';

export class Migration00010PendingSignals extends Migration {
  override up(): void {
    this.addSql(`create table "pending_signal" ("id" uuid not null, "workflow_id" varchar(255) not null, primary key ("id"))`);
  }
}

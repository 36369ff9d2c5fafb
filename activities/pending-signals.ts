/** Telling a workflow to look again at what it waits for: asked for in a transaction, told once that is committed, never lost. */
import { randomUUID } from 'node:crypto';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { PendingSignal } from '../libs/database/entities/signals.js';
import { waitsChanged } from '../workflows/messages.js';
import { morningRoundWorkflowId } from '../workflows/workflow-ids.js';

/** Mail waits behind it, so a Temporal server that does not answer is asked again the next time. */
const PATIENCE_MS = 2_000;

/** Something that a council's morning round sees to was recorded: it looks again when to come next. */
export async function wakeMorningRound(em: EntityManager, councilId: string): Promise<void> {
  em.persist(em.create(PendingSignal, { id: randomUUID(), councilId, workflowId: morningRoundWorkflowId(councilId) }));
  await em.flush();
  await em.execute("select pg_notify('messages', '')");
}

/**
 * Sends what was asked for. A process that dies in between sends it again, which does no harm.
 * @returns how many workflows were told; one that does not run will look for itself when it starts
 * @throws what the Temporal server answers; nothing is lost then
 */
export async function sendPendingSignals(orm: MikroORM, temporal: Client): Promise<number> {
  // Asked every few seconds, and mostly in vain: no transaction is begun for that.
  if ((await orm.em.fork().execute('select 1 from pending_signal limit 1')).length === 0) return 0;
  return orm.em.fork().transactional(async (em) => {
    const rows = await em.execute<{ id: string; workflow_id: string }[]>(
      'select id, workflow_id from pending_signal for update skip locked',
    );
    const workflowIds = [...new Set(rows.map(({ workflow_id }) => workflow_id))];
    await temporal.withDeadline(performance.timeOrigin + performance.now() + PATIENCE_MS, async () => {
      for (const workflowId of workflowIds) await temporal.workflow.getHandle(workflowId).signal(waitsChanged).catch(ignoreAbsent);
    });
    await em.nativeDelete(PendingSignal, { id: { $in: rows.map(({ id }) => id) } });
    return workflowIds.length;
  });
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

/** The rows that a quarter asks for: one for each measure that is due and each action, blank until somebody fills them. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { Row } from '../domain/business-plan.js';
import type { Quarter as QuarterNumber } from '../domain/financial-year.js';
import { isDueIn } from '../domain/measure-settings.js';
import { actionCodeOf, withoutNewMark } from '../domain/codes.js';
import { ActionUpdate, Measurement, type Quarter } from './entities/monitoring.js';
import { Task } from './entities/tasks.js';
import type { MonitoredPlan } from './monitored-plans.js';

/** Writes the rows that are not there yet; a figure that came before its quarter was opened stays. */
export async function writeMissingRows(
  em: EntityManager,
  councilId: string,
  plans: readonly MonitoredPlan[],
  quarter: QuarterNumber,
): Promise<void> {
  for (const monitored of plans) {
    await writeMeasurements(em, councilId, monitored, quarter);
    await writeActionUpdates(em, councilId, monitored, quarter);
  }
}

async function writeMeasurements(
  em: EntityManager,
  councilId: string,
  { plan, measures }: MonitoredPlan,
  quarter: QuarterNumber,
): Promise<void> {
  const place = { councilId, planId: plan.id, year: plan.year, quarter };
  const known = new Set((await em.find(Measurement, place)).map((row) => row.code));
  for (const { measure, settings, post } of measures) {
    const code = measure.code ?? '';
    if (known.has(code) || !isDueIn(settings, quarter)) continue;
    known.add(code);
    em.persist(
      em.create(Measurement, {
        ...place,
        id: randomUUID(),
        code,
        name: measure.label,
        postId: post?.id ?? null,
        value: '',
        commentary: '',
      }),
    );
  }
}

async function writeActionUpdates(
  em: EntityManager,
  councilId: string,
  { plan, actions }: MonitoredPlan,
  quarter: QuarterNumber,
): Promise<void> {
  const place = { councilId, planId: plan.id, year: plan.year, quarter };
  const known = new Set((await em.find(ActionUpdate, place)).map((row) => row.rowId));
  for (const { row, post } of actions) {
    if (known.has(row.id)) continue;
    const code = actionCodeOf(row) ?? '';
    em.persist(
      em.create(ActionUpdate, {
        ...place,
        id: randomUUID(),
        rowId: row.id,
        code,
        name: nameOfAction(row),
        postId: post?.id ?? null,
        commentary: '',
      }),
    );
  }
}

/**
 * Closes the task of each post of which no row is missing any more, in the caller's transaction. The task is locked first, so that
 * of two last savers one sees both.
 * @param posts whose rows were given; null for rows that the performance team is asked for
 */
export async function closeFinishedTasks(
  em: EntityManager,
  { id, councilId, year, quarter }: Quarter,
  posts: readonly (string | null)[],
  { at, personId }: { at: Date; personId: string },
): Promise<void> {
  for (const postId of [...new Set(posts)].sort()) {
    const open = { quarterId: id, kind: 'quarterly-update' as const, postId, closedAt: null };
    const task = await em.findOne(Task, open, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!task) continue;
    const ofPost = { councilId, year, quarter, postId };
    const missing = (await em.count(Measurement, { ...ofPost, value: '' })) + (await em.count(ActionUpdate, { ...ofPost, status: null }));
    if (missing === 0) Object.assign(task, { closedAt: at, closedBy: personId });
  }
  await em.flush();
}

/** What an action is called: its cell without the code and the mark of a new row. */
export function nameOfAction(row: Row): string {
  const text = withoutNewMark(row.cells.action ?? '').trim();
  const code = actionCodeOf(row);
  return code && text.endsWith(code) ? text.slice(0, -code.length).trim() : text;
}

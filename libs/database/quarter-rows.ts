/** The rows that a quarter asks for: one for each measure that is due and each action, blank until somebody fills them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { Row } from '../domain/business-plan.js';
import type { Quarter as QuarterNumber } from '../domain/financial-year.js';
import { isDueIn } from '../domain/measure-settings.js';
import { actionCodeOf, withoutNewMark } from '../domain/codes.js';
import { ActionUpdate, Measurement } from './entities/monitoring.js';
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

/** What an action is called: its cell without the code and the mark of a new row. */
export function nameOfAction(row: Row): string {
  const text = withoutNewMark(row.cells.action ?? '').trim();
  const code = actionCodeOf(row);
  return code && text.endsWith(code) ? text.slice(0, -code.length).trim() : text;
}

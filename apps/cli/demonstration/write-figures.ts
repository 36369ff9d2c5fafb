/** Made-up figures for the demonstration's quarters so far, marked as such wherever they appear; two rows are left missing. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { ActionUpdate, Measurement } from '../../../libs/database/entities/monitoring.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { monitoredPlans } from '../../../libs/database/monitored-plans.js';
import { writeMissingRows } from '../../../libs/database/quarter-rows.js';
import { ACTION_STATUSES } from '../../../libs/domain/report-action.js';
import { readDemonstrationFile } from './write-council.js';

const figuresFile = z.strictObject({
  measures: z.array(
    z.strictObject({ code: z.string(), quarters: z.tuple([z.string().nullable(), z.string().nullable()]), commentary: z.string() }),
  ),
  /** In the order of the plan's actions, as they stand at the second quarter. */
  actions: z.array(z.strictObject({ status: z.enum(ACTION_STATUSES), percent: z.int(), commentary: z.string() })),
});

export async function writeFigures(em: EntityManager, councilId: string, planId: string, at: Date): Promise<void> {
  const figures = figuresFile.parse(await readDemonstrationFile('figures.json'));
  const { year } = await em.findOneOrFail(Plan, planId);
  const plans = await monitoredPlans(em, councilId, year);
  for (const quarter of [1, 2] as const) {
    await writeMissingRows(em, councilId, plans, quarter);
    await em.flush();
    await fillMeasurements(em, planId, quarter, figures.measures, at);
  }
  await fillActions(em, planId, plans[0]?.actions.map(({ row }) => row.id) ?? [], figures.actions, at);
  await em.flush();
}

async function fillMeasurements(
  em: EntityManager,
  planId: string,
  quarter: 1 | 2,
  measures: z.infer<typeof figuresFile>['measures'],
  at: Date,
): Promise<void> {
  for (const row of await em.find(Measurement, { planId, quarter })) {
    const given = measures.find((one) => one.code === row.code);
    const value = given?.quarters[quarter - 1];
    if (!given || !value) continue;
    em.assign(row, { value, commentary: quarter === 2 ? given.commentary : '', demonstration: true, enteredAt: at });
  }
}

async function fillActions(
  em: EntityManager,
  planId: string,
  rowIds: string[],
  actions: z.infer<typeof figuresFile>['actions'],
  at: Date,
): Promise<void> {
  for (const row of await em.find(ActionUpdate, { planId })) {
    const given = actions[rowIds.indexOf(row.rowId)];
    if (!given) continue;
    const first = row.quarter === 1 && given.status !== 'completed';
    em.assign(row, { ...given, percent: first ? Math.round(given.percent / 2) : given.percent, demonstration: true, enteredAt: at });
  }
}

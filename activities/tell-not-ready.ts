/** On the publication date an unready plan says so, to a named person, with what is missing. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { datesOfPlan } from '../libs/database/plan-dates.js';
import { financialYearFromId, lastDay, previousYear } from '../libs/domain/financial-year.js';
import type { Instant, PlanRef } from '../workflows/activity-contract.js';
import { councilMoment } from './council-moment.js';
import { firstToldByGuard } from './person-roles.js';
import { lackingForPublication } from './plan-progress.js';
import { tell } from './tell.js';

/** Told once; the guard of 1 April goes on alarming. */
export async function tellNotReady(em: EntityManager, { councilId, planId, at }: PlanRef & { at: Instant }): Promise<void> {
  const moment = await councilMoment(em, councilId, at);
  const plan = await em.findOneOrFail(Plan, { id: planId, councilId });
  const cycle = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const year = financialYearFromId(plan.year);
  await tell(em, moment, await firstToldByGuard(em, moment), {
    kind: 'not-ready-for-publication',
    subject: `plan/${planId}/not-ready`,
    path: `/plans/${plan.year}/${plan.slug}`,
    facts: {
      planTitle: plan.title,
      year,
      publication: (await datesOfPlan(em, cycle, plan)).publication,
      lastDay: lastDay(previousYear(year)),
      missing: lackingForPublication(cycle.route, plan),
    },
  });
  await em.flush();
}

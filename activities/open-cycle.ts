/** Opens a council's cycle: its rows, its dates, and every plan of the year before rolled forward as its leader's draft. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf } from '../libs/calendar/council-clock.js';
import { MORNING } from '../libs/calendar/hours.js';
import { cycleTimetable, type CycleTimetable } from '../libs/calendar/timetable.js';
import { Cycle, FullPlanDraft, Plan, PlanDraft, PlanVersion } from '../libs/database/entities/plans.js';
import { FULL_PLAN_PARTS, type FullPlanParts } from '../libs/domain/business-plan.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { financialYearFromId, financialYearId, previousYear } from '../libs/domain/financial-year.js';
import { beginning, isOver, missionRoute } from '../libs/domain/route.js';
import { rollForward } from '../libs/domain/roll-forward.js';
import type { CycleRef, Instant, OpenedCycle } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { firstToldByGuard } from './person-roles.js';
import { setBusiness } from './set-business.js';
import { tell } from './tell.js';

/**
 * Opening a cycle that is open already gives back what was opened.
 * @returns null if a meeting that its dates follow from is missing, which the performance manager is told once
 */
export async function openCycle(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<OpenedCycle | null> {
  const moment = await councilMoment(em, councilId, at);
  const cycle = (await em.findOne(Cycle, { councilId, year })) ?? (await openOrTell(em, moment, year));
  if (!cycle) return null;
  const plans = await em.find(Plan, { cycleId: cycle.id }, { orderBy: { slug: 'asc' } });
  return {
    route: cycle.route,
    plans: plans
      .filter((plan) => !isOver(plan))
      .map(({ id, slug, at, round, fullPlan }) => ({ planId: id, slug, state: { at, round, fullPlan } })),
    guardAt: timerInstant(moment.council, cycle.dates.guardFirstAlarm, MORNING),
  };
}

async function openOrTell(em: EntityManager, moment: CouncilMoment, year: string): Promise<Cycle | null> {
  try {
    return await writeCycle(em, moment, await datesOf(em, moment, year), year);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tellNotSetUp(em, moment, year, error.message);
    return null;
  }
}

async function writeCycle(em: EntityManager, moment: CouncilMoment, dates: CycleTimetable, year: string): Promise<Cycle> {
  const { council, at } = moment;
  const cycle = em.create(Cycle, {
    id: randomUUID(),
    councilId: council.id,
    year,
    route: missionRoute,
    dates,
    status: 'open',
    openedAt: openingOf(dates, at),
  });
  em.persist(cycle);
  const before = financialYearId(previousYear(financialYearFromId(year)));
  for (const plan of await em.find(Plan, { councilId: council.id, year: before })) await rollPlanForward(em, moment, cycle, plan);
  await em.flush();
  return cycle;
}

async function datesOf(em: EntityManager, { council }: CouncilMoment, yearId: string): Promise<CycleTimetable> {
  const year = financialYearFromId(yearId);
  const meetings = await setBusiness(em, council, { what: 'plans', year });
  return cycleTimetable({ year, meetings, settings: council.settings.timetable, calendar: council.calendar });
}

async function tellNotSetUp(em: EntityManager, moment: CouncilMoment, yearId: string, missing: string): Promise<void> {
  const year = financialYearFromId(yearId);
  await tell(em, moment, await firstToldByGuard(em, moment), {
    kind: 'cycle-not-set-up',
    subject: `cycle/${yearId}/not-set-up`,
    path: '/meetings',
    facts: { year, missing },
  });
  await em.flush();
}

/** A cycle that is set up after its opening day opened on that day all the same: its dates tell so. */
function openingOf(dates: CycleTimetable, now: Date): Date {
  const planned = new Date(instantOf(dates.cycleOpens, MORNING));
  return planned < now ? planned : now;
}

async function rollPlanForward(em: EntityManager, { at }: CouncilMoment, cycle: Cycle, before: Plan): Promise<void> {
  const [last] = await em.find(
    PlanVersion,
    { planId: before.id, origin: { $in: ['imported', 'published'] } },
    { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] },
  );
  if (!last) return;
  const { plan: rolled, changes } = rollForward(last.content, { to: financialYearFromId(cycle.year) });
  // The parts of the full plan are written beside the extract, which is all that a committee gets.
  const { fullPlan, ...content } = rolled;
  const id = randomUUID();
  const plan = { id, councilId: before.councilId, year: cycle.year, slug: before.slug, title: content.title, cycleId: cycle.id };
  em.persist(em.create(Plan, { ...plan, ...beginning, since: at }));
  em.persist(
    em.create(PlanDraft, {
      planId: id,
      content,
      rolledFrom: { planId: before.id, versionNumber: last.number, changes },
      editedRows: [],
      editedAt: at,
    }),
  );
  em.persist(em.create(FullPlanDraft, { planId: id, parts: fullPlan ?? emptyParts(), editedAt: at }));
}

function emptyParts(): FullPlanParts {
  return Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, ''])) as FullPlanParts;
}

/** Opens a council's cycle: its rows, its dates, and every plan of the year before rolled forward as its leader's draft. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf } from '../libs/calendar/council-clock.js';
import { MORNING } from '../libs/calendar/hours.js';
import { cycleTimetable, type CycleTimetable } from '../libs/calendar/timetable.js';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import { Cycle, FullPlanDraft, Plan, PlanDraft, PlanVersion } from '../libs/database/entities/plans.js';
import { FULL_PLAN_PARTS, type FullPlanParts } from '../libs/domain/business-plan.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { financialYearFromId, financialYearId, previousYear } from '../libs/domain/financial-year.js';
import { beginning, isOver, missionRoute } from '../libs/domain/route.js';
import { rollForward } from '../libs/domain/roll-forward.js';
import type { CycleRef, Instant, OpenedCycle } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { askForMeetings, meetingsFound } from './meetings-missing.js';
import { setBusiness } from './set-business.js';

/**
 * Opening a cycle that is open already gives back what was opened.
 * @returns null if a meeting that its dates follow from is missing, which is the clerks' task then
 */
export async function openCycle(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<OpenedCycle | null> {
  const moment = await councilMoment(em, councilId, at);
  const cycle = (await em.findOne(Cycle, { councilId, year })) ?? (await openOrAsk(em, moment, year));
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

async function openOrAsk(em: EntityManager, moment: CouncilMoment, year: string): Promise<Cycle | null> {
  const business = { what: 'plans', year: financialYearFromId(year) } as const;
  try {
    const cycle = await writeCycle(em, moment, await cycleDates(em, moment.council, business.year), year);
    await meetingsFound(em, moment, business);
    return cycle;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await askForMeetings(em, moment, business, error.message);
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

/**
 * The dates of the cycle for a year's plans ('2027/28'), which are put on the agendas that the rule names.
 * @throws DomainError 'invalid' which says what meeting is missing
 */
export async function cycleDates(em: EntityManager, council: CouncilAtWork, year: string): Promise<CycleTimetable> {
  const meetings = await setBusiness(em, council, { what: 'plans', year });
  return cycleTimetable({ year, meetings, settings: council.settings.timetable, calendar: council.calendar });
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

/** The guard of 1 April: alarms by name while a plan is neither published nor certain to be (domain.md section f). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { countdown } from '../libs/calendar/dates.js';
import { MORNING } from '../libs/calendar/hours.js';
import { createPublicationGuard, type GuardAlarm } from '../libs/calendar/publication-guard.js';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import type { Person } from '../libs/database/entities/people.js';
import { financialYearFromId, firstDay } from '../libs/domain/financial-year.js';
import { isOver, isReadyToPublish, stageOf } from '../libs/domain/route.js';
import type { CycleRef, Instant } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { holderOf } from './person-roles.js';
import { lackingForPublication } from './plan-progress.js';
import { tell } from './tell.js';

/** @returns when to look again, null once every plan is published or given up */
export async function keepGuard(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<Instant | null> {
  const moment = await councilMoment(em, councilId, at);
  const cycle = await em.findOneOrFail(Cycle, { councilId, year });
  const plans = (await em.find(Plan, { cycleId: cycle.id })).filter((plan) => !isOver(plan));
  if (plans.length === 0) return null;
  const guard = createPublicationGuard({ settings: moment.council.settings.timetable, calendar: moment.council.calendar });
  const financialYear = financialYearFromId(year);
  const alarm = guard.alarmsDue(financialYear, '0000-01-01', moment.today).at(-1);
  const uncertain = plans.filter((plan) => !isCertain(plan, moment, cycle));
  if (alarm && uncertain.length > 0) await raise(em, moment, cycle, uncertain, alarm);
  await em.flush();
  return timerInstant(moment.council, guard.nextAlarm(financialYear, moment.today).date, MORNING);
}

/** Decided, complete, and only its date to wait for. */
function isCertain(plan: Plan, { today }: CouncilMoment, cycle: Cycle): boolean {
  return isReadyToPublish(plan) && cycle.dates.publication >= today;
}

async function raise(em: EntityManager, moment: CouncilMoment, cycle: Cycle, plans: Plan[], alarm: GuardAlarm): Promise<void> {
  const told: Person[] = [];
  for (const title of alarm.told) {
    const holder = await holderOf(em, moment, title);
    if (holder) told.push(holder);
  }
  const year = financialYearFromId(cycle.year);
  await tell(em, moment, told, {
    kind: 'guard-alarm',
    subject: `cycle/${cycle.id}/guard`,
    occurrence: String(alarm.occurrence),
    path: `/cycles/${cycle.year}`,
    facts: {
      year,
      firstDay: firstDay(year),
      countdown: countdown(moment.today, firstDay(year), moment.council.calendar),
      plans: plans.map((plan) => ({
        title: plan.title,
        standsAt: stageOf(cycle.route, plan)?.title ?? 'Approved',
        waitsFor: lackingForPublication(cycle.route, plan).join(', ') || 'its publication, which is late',
      })),
    },
  });
}

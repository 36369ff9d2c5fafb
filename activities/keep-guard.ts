/** The guard of 1 April: alarms by name while a plan is neither published, nor certain to be, nor answered for (domain.md section f). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { countdown } from '../libs/calendar/dates.js';
import { MORNING } from '../libs/calendar/hours.js';
import { COURSE_TITLES } from '../libs/calendar/plan-course.js';
import { createPublicationGuard, type GuardAlarm } from '../libs/calendar/publication-guard.js';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { coursesOf, type PlanWithCourse } from '../libs/database/plan-courses.js';
import { financialYearFromId, firstDay } from '../libs/domain/financial-year.js';
import { isOver, stageOf } from '../libs/domain/route.js';
import type { CycleRef, Instant } from '../workflows/activity-contract.js';
import { closeAnsweredAlarms, openAlarmTasks, postsTold } from './alarm-tasks.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { lackingForPublication } from './plan-progress.js';
import { tell } from './tell.js';

/** @returns when to look again, null once every plan is published or given up */
export async function keepGuard(em: EntityManager, { councilId, year, at }: CycleRef & { at: Instant }): Promise<Instant | null> {
  const moment = await councilMoment(em, councilId, at);
  const cycle = await em.findOneOrFail(Cycle, { councilId, year });
  const plans = (await em.find(Plan, { cycleId: cycle.id }, { orderBy: { title: 'asc' } })).filter((plan) => !isOver(plan));
  if (plans.length === 0) {
    await closeAnsweredAlarms(em, moment, cycle, null);
    return null;
  }
  const guard = createPublicationGuard({ settings: moment.council.settings.timetable, calendar: moment.council.calendar });
  const financialYear = financialYearFromId(year);
  const alarm = guard.alarmsDue(financialYear, '0000-01-01', moment.today).at(-1);
  const next = guard.nextAlarm(financialYear, moment.today).date;
  const courses = await coursesOf(em, moment.council, cycle, plans, moment.today);
  const unanswered = courses.plans.filter(({ isOpenQuestion }) => isOpenQuestion);
  if (unanswered.length === 0) await closeAnsweredAlarms(em, moment, cycle, null);
  else if (alarm) await raise(em, moment, cycle, unanswered, alarm, next);
  await em.flush();
  return timerInstant(moment.council, next, MORNING);
}

async function raise(
  em: EntityManager,
  moment: CouncilMoment,
  cycle: Cycle,
  plans: readonly PlanWithCourse[],
  alarm: GuardAlarm,
  next: string,
): Promise<void> {
  const told = await postsTold(em, moment, alarm.told);
  await openAlarmTasks(em, moment, cycle, told, next);
  const year = financialYearFromId(cycle.year);
  const people = told.flatMap((post) => post.people);
  await tell(em, moment, people, {
    kind: 'guard-alarm',
    subject: `cycle/${cycle.id}/guard`,
    occurrence: String(alarm.occurrence),
    path: `/cycles/${cycle.year}/guard`,
    facts: {
      year,
      firstDay: firstDay(year),
      hasBegun: moment.today >= firstDay(year),
      countdown: countdown(moment.today, firstDay(year), moment.council.calendar),
      plans: plans.map(({ plan, course, reason, latestAction }) => ({
        title: plan.title,
        standsAt: stageOf(cycle.route, plan)?.title ?? 'Approved',
        waitsFor: lackingForPublication(cycle.route, plan).join(', ') || 'its publication, which is late',
        course: COURSE_TITLES[course],
        reason: reason ?? '',
        latestAction: latestAction?.what ?? '',
      })),
    },
  });
}

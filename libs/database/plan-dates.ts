/** The dates of one plan as the database has them: its cycle's, with what was chosen for this plan alone. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { KnownMeeting } from '../calendar/change-meeting.js';
import { planDates, type PlanDates } from '../calendar/plan-dates.js';
import { createCalendar } from '../calendar/working-days.js';
import { isStanding } from '../domain/meeting.js';
import { meetingsOf } from './council-at-work.js';
import { Council } from './entities/council.js';
import type { Cycle, Plan } from './entities/plans.js';

/** The council's meetings that are held, in the order of their days. */
export async function standingMeetings(em: EntityManager, councilId: string): Promise<KnownMeeting[]> {
  return (await meetingsOf(em, councilId)).filter(({ state }) => isStanding(state));
}

/** Asks for nothing more than it is given where the plan has no dates of its own, as most have not. */
export async function datesOfPlan(em: EntityManager, cycle: Cycle, plan: Plan): Promise<PlanDates> {
  if (Object.keys(plan.meetings ?? {}).length === 0) return { ...cycle.dates, chosen: [], ...publicationOf(plan) };
  const { settings } = await em.findOneOrFail(Council, plan.councilId);
  const meetings = await standingMeetings(em, plan.councilId);
  return planDates(cycle.dates, plan, { meetings, settings: settings.timetable, calendar: createCalendar(settings) });
}

function publicationOf({ publication }: Plan): { publication?: string } {
  return publication ? { publication } : {};
}

/** Another calendar's dates, written: cycles, plans and quarters, and the tasks that fall due on them. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { CYCLE_DATE_TITLES, QUARTER_DATE_TITLES, type CycleDateName, type MovedDate } from '../libs/calendar/move-meeting.js';
import type { Plan } from '../libs/database/entities/plans.js';
import type { WorkedOutTimetables } from '../libs/database/meeting-change.js';
import type { RecordedMove } from '../workflows/activity-contract.js';
import type { CouncilMoment } from './council-moment.js';
import type { DateOfSomebody } from './people-concerned.js';
import { bringFullPlanDayInLine, bringQuarterDaysInLine, bringTaskDaysInLine } from './task-days.js';

/** The dates that became others, and whose timers follow from them. */
export interface MovedDates {
  dates: DateOfSomebody[];
  plans: RecordedMove['plans'];
  quarters: RecordedMove['quarters'];
}

/** Gives every open cycle, plan and quarter the dates that were worked out, and their tasks the days, in the caller's transaction. */
export async function moveDates(em: EntityManager, moment: CouncilMoment, { cycles, quarters }: WorkedOutTimetables): Promise<MovedDates> {
  const moved: MovedDates = { dates: [], plans: [], quarters: [] };
  for (const { cycle, dates, moved: changed, plans } of cycles) {
    const ofCycle = changed.map(ofPlans);
    for (const { plan, meetings, dates: own, moved: theirs } of plans) {
      plan.meetings = meetings;
      if (theirs.length === 0) continue;
      await bringTaskDaysInLine(em, moment, cycle, plan, own);
      await bringFullPlanDayInLine(em, plan, theirs);
      moved.plans.push({ year: plan.year, slug: plan.slug });
      for (const date of theirs) addPlan(ofCycle, date, plan);
    }
    cycle.dates = dates;
    moved.dates.push(...ofCycle);
  }
  for (const { period, dates, moved: changed } of quarters) {
    if (changed.length === 0) continue;
    period.dates = dates;
    await bringQuarterDaysInLine(em, period);
    moved.quarters.push({ year: period.year, quarter: period.quarter });
    moved.dates.push(
      ...changed.map((date) => ({ ...date, title: QUARTER_DATE_TITLES[date.name], of: 'quarter' as const, plans: [], period })),
    );
  }
  return moved;
}

type DateOfPlans = DateOfSomebody & { plans: Plan[] };

function ofPlans(date: MovedDate<CycleDateName>): DateOfPlans {
  return { ...date, title: CYCLE_DATE_TITLES[date.name], of: 'cycle', plans: [] };
}

function addPlan(dates: DateOfPlans[], date: MovedDate<CycleDateName>, plan: Plan): void {
  let known = dates.find(({ name, before, after }) => name === date.name && before === date.before && after === date.after);
  if (!known) dates.push((known = ofPlans(date)));
  known.plans.push(plan);
}

/** The days on which open tasks of a plan or a quarter fall due, after its dates became others. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CycleDateName, MovedDate } from '../libs/calendar/move-meeting.js';
import type { PlanDates } from '../libs/calendar/plan-dates.js';
import type { Quarter } from '../libs/database/entities/monitoring.js';
import type { Cycle, Plan } from '../libs/database/entities/plans.js';
import { Task } from '../libs/database/entities/tasks.js';
import { stageOf } from '../libs/domain/route.js';
import type { CouncilMoment } from './council-moment.js';
import { stageDue } from './stage-due.js';

/**
 * What is asked of somebody falls due on the stage's new day; what has no stage, as the full plan, keeps its own.
 * @param dates the plan's own dates as they are now
 */
export async function bringTaskDaysInLine(
  em: EntityManager,
  moment: CouncilMoment,
  { route }: Cycle,
  plan: Plan,
  dates: PlanDates,
): Promise<void> {
  for (const task of await em.find(Task, { planId: plan.id, closedAt: null })) {
    const stage = stageOf(route, { ...plan, at: task.at });
    if (stage) task.dueOn = stageDue(stage, dates, task.round, moment);
  }
}

/** The full plan has no stage: its task falls due on the timetable's day, unless it was given another. */
export async function bringFullPlanDayInLine(em: EntityManager, plan: Plan, moved: readonly MovedDate<CycleDateName>[]): Promise<void> {
  const due = moved.find(({ name }) => name === 'fullPlanDue');
  if (!due) return;
  for (const task of await em.find(Task, { planId: plan.id, kind: 'full-plan', closedAt: null, dueOn: due.before })) task.dueOn = due.after;
}

/** Updates are due on the quarter's day for them, and the clerk records what Cabinet did on the day that it meets. */
export async function bringQuarterDaysInLine(em: EntityManager, { id, dates }: Quarter): Promise<void> {
  for (const task of await em.find(Task, { quarterId: id, closedAt: null }))
    task.dueOn = task.kind === 'quarter-cabinet' ? dates.cabinetMeeting : dates.due;
}

/** The days on which open tasks of a plan or a quarter fall due, after its dates became others. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PlanDates } from '../libs/calendar/plan-dates.js';
import type { Quarter } from '../libs/database/entities/monitoring.js';
import type { Cycle, Plan } from '../libs/database/entities/plans.js';
import { Task } from '../libs/database/entities/tasks.js';
import { stageOf } from '../libs/domain/route.js';
import type { CouncilMoment } from './council-moment.js';
import { stageDue } from './stage-due.js';

/**
 * What is asked of somebody falls due on the stage's new day; what has no stage's day, as the full plan, keeps its own.
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

/** The clerk records what Cabinet did on the day that it meets; updates are due so long after the quarter, whatever meets when. */
export async function bringCabinetTaskInLine(em: EntityManager, { id, dates }: Quarter): Promise<void> {
  for (const task of await em.find(Task, { quarterId: id, kind: 'quarter-cabinet', closedAt: null })) task.dueOn = dates.cabinetMeeting;
}

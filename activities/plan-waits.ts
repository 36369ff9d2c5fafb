/** When a plan's workflow has to act next, from the plan's open tasks and its cycle's dates. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { londonDay } from '../libs/calendar/council-clock.js';
import { MORNING, PUBLICATION_HOUR } from '../libs/calendar/hours.js';
import { createReminders } from '../libs/calendar/reminders.js';
import type { CycleTimetable } from '../libs/calendar/timetable.js';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import type { Plan } from '../libs/database/entities/plans.js';
import { Task } from '../libs/database/entities/tasks.js';
import type { PlanWaits } from '../workflows/activity-contract.js';
import { timerInstant, type CouncilMoment } from './council-moment.js';

/** What is asked of somebody about a plan at present. */
export function openTasksOf(em: EntityManager, plan: Plan): Promise<Task[]> {
  return em.find(Task, { planId: plan.id, closedAt: null });
}

/**
 * @param with the plan's own dates
 * @param open the plan's open tasks
 */
export function planWaits({ council }: CouncilMoment, { dates }: { dates: CycleTimetable }, open: readonly Task[]): PlanWaits {
  return {
    remindAt: nextReminderAt(council, open),
    askForFullPlanAt: timerInstant(council, council.calendar.nextWorkingDay(dates.fullPlanOpens), MORNING),
    publishAt: timerInstant(council, dates.publication, PUBLICATION_HOUR),
  };
}

/** The moment of the next reminder of any of these tasks; null where none has a day that it is due on. */
export function nextReminderAt(council: CouncilAtWork, tasks: readonly Task[]): string | null {
  const { calendar, settings } = council;
  const days = tasks.flatMap((task) => {
    const reminders = createReminders({ settings: settings.timetable, calendar }, task.kind);
    return task.dueOn ? [reminders.nextReminder(task.dueOn, remindedUpTo(task)).date] : [];
  });
  const first = days.sort()[0];
  return first ? timerInstant(council, first, MORNING) : null;
}

/** The day up to which nobody need be reminded again: the last reminder's, or the day on which the task was sent. */
export function remindedUpTo(task: Task): string {
  return task.remindedOn ?? londonDay(task.openedAt);
}

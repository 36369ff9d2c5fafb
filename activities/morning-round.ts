/** A council's working morning: handovers, absences that begin and end, and reminders of tasks that no plan and no quarter looks after. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { MORNING } from '../libs/calendar/hours.js';
import { Task } from '../libs/database/entities/tasks.js';
import { ABOUT_NEITHER, otherwiseOf, taskTitle } from '../libs/database/task-title.js';
import type { Instant } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { handOver } from './hand-over.js';
import { remindOfTask } from './remind-of-plan.js';
import { tellOfAbsences } from './tell-of-absences.js';

/** Does what is due by the moment, once. @returns the next working morning */
export async function morningRound(em: EntityManager, { councilId, at }: { councilId: string; at: Instant }): Promise<Instant> {
  const moment = await councilMoment(em, councilId, at);
  const putOnRecord = await handOver(em, moment);
  await tellOfAbsences(em, moment);
  await remindOfOtherTasks(em, moment);
  await em.flush();
  await putOnRecord();
  return nextMorning(moment, at);
}

/** This morning, where it is still to come. */
function nextMorning({ council, today }: CouncilMoment, at: Instant): Instant {
  const thisMorning = timerInstant(council, council.calendar.nextWorkingDay(today), MORNING);
  return thisMorning > at ? thisMorning : timerInstant(council, council.calendar.addWorkingDays(today, 1), MORNING);
}

async function remindOfOtherTasks(em: EntityManager, moment: CouncilMoment): Promise<void> {
  const kinds = ['undelivered', 'meetings-missing'] as const;
  for (const task of await em.find(Task, { councilId: moment.council.id, closedAt: null, kind: { $in: [...kinds] } })) {
    const words = { task: taskTitle(task, ABOUT_NEITHER), otherwise: otherwiseOf(task) };
    await remindOfTask(em, moment, task, { ...words, subject: `task/${task.id}` });
  }
}

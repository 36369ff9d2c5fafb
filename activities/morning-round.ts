/** A council's working morning: handovers, absences that begin and end, and reminders of tasks that no plan and no quarter looks after. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { MORNING } from '../libs/calendar/hours.js';
import { Task } from '../libs/database/entities/tasks.js';
import type { Instant } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { handOver } from './hand-over.js';
import { OTHER_TASKS } from './open-tasks.js';
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
  const others = { councilId: moment.council.id, closedAt: null, planId: null, quarterId: null };
  for (const task of await em.find(Task, { ...others, kind: 'undelivered' })) {
    const words = OTHER_TASKS[task.kind];
    if (words) await remindOfTask(em, moment, task, { ...words, subject: `task/${task.id}` });
  }
}

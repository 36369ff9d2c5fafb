/** A council's working mornings: handovers, absences that begin and end, and reminders of tasks that no plan and no quarter looks after. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { londonDay } from '../libs/calendar/council-clock.js';
import { MORNING } from '../libs/calendar/hours.js';
import { nextMonday } from '../libs/calendar/neighbouring-days.js';
import { Absence } from '../libs/database/entities/people.js';
import { Task } from '../libs/database/entities/tasks.js';
import { ABOUT_NEITHER, otherwiseOf, taskTitle } from '../libs/database/task-title.js';
import type { Instant } from '../workflows/activity-contract.js';
import { councilMoment, timerInstant, type CouncilMoment } from './council-moment.js';
import { handOver } from './hand-over.js';
import { remindOfTask } from './remind-of-plan.js';
import { tellOfAbsences } from './tell-of-absences.js';

/** Tasks that neither a plan's nor a quarter's workflow reminds of. */
const REMINDED_HERE = ['undelivered', 'meetings-missing'] as const;

/** Does what is due by the moment, once. @returns when to come again, as `nextMorningRound` */
export async function morningRound(em: EntityManager, { councilId, at }: { councilId: string; at: Instant }): Promise<Instant> {
  const moment = await councilMoment(em, councilId, at);
  const putOnRecord = await handOver(em, moment);
  await tellOfAbsences(em, moment);
  await remindOfOtherTasks(em, moment);
  await em.flush();
  await putOnRecord();
  return whenToCome(em, moment, at);
}

/**
 * The next working morning on which something may be due: the very next one while somebody is away or a task is reminded of,
 * else the one on which the next absence begins, and the first of the next week at the latest. Whoever records what it sees to
 * wakes it (`wakeMorningRound`).
 */
export async function nextMorningRound(em: EntityManager, { councilId, at }: { councilId: string; at: Instant }): Promise<Instant> {
  return whenToCome(em, await councilMoment(em, councilId, at), at);
}

async function whenToCome(em: EntityManager, moment: CouncilMoment, at: Instant): Promise<Instant> {
  const next = nextMorning(moment, at);
  const { council, today } = moment;
  const day = londonDay(council.clock.toCouncilTime(new Date(next)));
  if (await isSomethingDue(em, council.id, day)) return next;
  const [coming] = await em.find(Absence, { councilId: council.id, firstDay: { $gt: day } }, { orderBy: { firstDay: 'asc' }, limit: 1 });
  const monday = nextMonday(today);
  const first = coming && coming.firstDay < monday ? coming.firstDay : monday;
  return timerInstant(council, council.calendar.nextWorkingDay(first), MORNING);
}

/** Whether anybody is away by the day, or was and was not told yet that it is over, or a task is reminded of here. */
async function isSomethingDue(em: EntityManager, councilId: string, day: string): Promise<boolean> {
  const isWithUs = [
    { lastDay: { $ne: null }, toldOfEndOn: null },
    { lastDay: null, handedOverOn: null },
  ];
  if ((await em.count(Absence, { councilId, firstDay: { $lte: day }, $or: isWithUs })) > 0) return true;
  return (await em.count(Task, { councilId, closedAt: null, kind: { $in: [...REMINDED_HERE] } })) > 0;
}

/** This morning, where it is still to come. */
function nextMorning({ council, today }: CouncilMoment, at: Instant): Instant {
  const thisMorning = timerInstant(council, council.calendar.nextWorkingDay(today), MORNING);
  return thisMorning > at ? thisMorning : timerInstant(council, council.calendar.addWorkingDays(today, 1), MORNING);
}

async function remindOfOtherTasks(em: EntityManager, moment: CouncilMoment): Promise<void> {
  for (const task of await em.find(Task, { councilId: moment.council.id, closedAt: null, kind: { $in: [...REMINDED_HERE] } })) {
    const words = { task: taskTitle(task, ABOUT_NEITHER), otherwise: otherwiseOf(task) };
    await remindOfTask(em, moment, task, { ...words, subject: `task/${task.id}` });
  }
}

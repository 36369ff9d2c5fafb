/** A cycle or a quarter that cannot open because a meeting is missing: the clerks' task until it can. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { businessKey } from '../libs/calendar/timetable.js';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import { Task } from '../libs/database/entities/tasks.js';
import { quarterInWords } from '../libs/domain/financial-year.js';
import type { CouncilMoment } from './council-moment.js';
import { firstToldByGuard, peopleWithRole } from './person-roles.js';
import { wakeMorningRound } from './pending-signals.js';
import { tell } from './tell.js';

/** Working days in which the meeting is added: every day that the cycle or quarter opens later is lost to it. */
const WORKING_DAYS_TO_ADD = 1;

/**
 * Opens the task, and tells the clerks and who hears first of what is off course; once. The morning round reminds of it.
 * @param missing which meeting, as a sentence
 */
export async function askForMeetings(em: EntityManager, moment: CouncilMoment, waiting: Consideration, missing: string): Promise<void> {
  const task = (await openTaskFor(em, moment, waiting)) ?? (await openTask(em, moment, waiting));
  const about = { subject: `${businessKey(waiting)}/not-set-up`, path: `/tasks/${task.id}` };
  const people = [...(await peopleWithRole(em, moment, 'committee-clerk', null)), ...(await firstToldByGuard(em, moment))];
  if (waiting.what === 'plans')
    await tell(em, moment, people, { kind: 'cycle-not-set-up', ...about, facts: { year: waiting.year, missing } });
  else {
    const quarter = quarterInWords(waiting.year, waiting.quarter);
    await tell(em, moment, people, { kind: 'quarter-not-set-up', ...about, facts: { quarter, missing } });
  }
  await em.flush();
}

/** What waited for its meetings has opened. */
export async function meetingsFound(em: EntityManager, moment: CouncilMoment, waiting: Consideration): Promise<void> {
  const task = await openTaskFor(em, moment, waiting);
  if (task) Object.assign(task, { closedAt: moment.at, closedBecause: 'The meetings are in the calendar.' });
}

async function openTask(em: EntityManager, { council, at, today }: CouncilMoment, waiting: Consideration): Promise<Task> {
  const dueOn = council.calendar.addWorkingDays(today, WORKING_DAYS_TO_ADD);
  const task = em.create(Task, {
    ...{ id: randomUUID(), councilId: council.id, kind: 'meetings-missing', at: businessKey(waiting) },
    ...{ role: 'committee-clerk', dueOn, openedAt: at },
  });
  em.persist(task);
  await wakeMorningRound(em, council.id);
  return task;
}

function openTaskFor(em: EntityManager, { council }: CouncilMoment, waiting: Consideration): Promise<Task | null> {
  return em.findOne(Task, { councilId: council.id, kind: 'meetings-missing', at: businessKey(waiting), closedAt: null });
}

/** The tasks of the 1 April guard: one for each post that an alarm told, open while a plan's alarm is unanswered. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { Post, type Person } from '../libs/database/entities/people.js';
import { Plan, type Cycle } from '../libs/database/entities/plans.js';
import { Task } from '../libs/database/entities/tasks.js';
import { coursesOf } from '../libs/database/plan-courses.js';
import { isOver } from '../libs/domain/route.js';
import type { CouncilMoment } from './council-moment.js';
import { holderOfPost, peopleWithRole } from './person-roles.js';

/** A post that the guard tells, with the people behind it: the performance team where nobody holds it. */
export interface ToldPost {
  /** Null where the council has no such post. */
  post: Post | null;
  people: Person[];
}

/** The posts with these titles, in their order; an alarm always reaches somebody. */
export async function postsTold(em: EntityManager, moment: CouncilMoment, titles: readonly string[]): Promise<ToldPost[]> {
  const told: ToldPost[] = [];
  for (const title of titles) {
    const post = await em.findOne(Post, { councilId: moment.council.id, title });
    const holder = post ? await holderOfPost(em, moment, post) : null;
    told.push({ post, people: holder ? [holder] : await peopleWithRole(em, moment, 'performance-team', null) });
  }
  return told;
}

/** Whether a person answers for one of the posts that the guard tells, as holder or deputy. */
export async function isToldByGuard(em: EntityManager, moment: CouncilMoment, personId: string): Promise<boolean> {
  const { id: councilId, settings } = moment.council;
  const titles = settings.timetable.guard.told;
  if ((await em.count(Post, { councilId, title: { $in: titles }, deputyId: personId })) > 0) return true;
  return (await postsTold(em, moment, titles)).some(({ people }) => people.some(({ id }) => id === personId));
}

/** Opens a task for each post that has none yet. @param dueOn the day of the next alarm, before which it is to be answered */
export async function openAlarmTasks(
  em: EntityManager,
  moment: CouncilMoment,
  cycle: Cycle,
  told: readonly ToldPost[],
  dueOn: string,
): Promise<void> {
  const open = await openAlarms(em, cycle);
  for (const postId of new Set(told.map(({ post }) => post?.id ?? null))) {
    if (open.some((task) => (task.postId ?? null) === postId)) continue;
    em.persist(
      em.create(Task, {
        ...{ id: randomUUID(), councilId: cycle.councilId, kind: 'guard-alarm', cycleId: cycle.id, at: 'guard' },
        ...{ postId, role: postId ? null : 'performance-team', dueOn, openedAt: moment.at },
      }),
    );
  }
}

/** Closes the tasks of a cycle's alarms once every plan is answered for, certain or over. */
export async function closeAnsweredAlarms(em: EntityManager, moment: CouncilMoment, cycle: Cycle, personId: string | null): Promise<void> {
  const open = await openAlarms(em, cycle);
  if (open.length === 0) return;
  const plans = (await em.find(Plan, { cycleId: cycle.id })).filter((plan) => !isOver(plan));
  const courses = await coursesOf(em, moment.council, cycle, plans, moment.today);
  if (courses.plans.some(({ isOpenQuestion }) => isOpenQuestion)) return;
  for (const task of open) {
    task.closedAt = moment.at;
    task.closedBy = personId;
  }
  await em.flush();
}

function openAlarms(em: EntityManager, cycle: Cycle): Promise<Task[]> {
  return em.find(Task, { cycleId: cycle.id, kind: 'guard-alarm', closedAt: null });
}

/** Every open task of a council in words, with who is asked at the moment, themselves or for somebody who is away. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Quarter } from '../libs/database/entities/monitoring.js';
import { Person, Post, RoleGrant } from '../libs/database/entities/people.js';
import { Plan } from '../libs/database/entities/plans.js';
import { Task } from '../libs/database/entities/tasks.js';
import { ABOUT_NEITHER, taskTitle } from '../libs/database/task-title.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../libs/domain/financial-year.js';
import type { Answering } from '../libs/domain/standing-in.js';
import type { CouncilMoment } from './council-moment.js';
import { standingInAt } from './person-roles.js';
import { whatIsAsked } from './remind-of-plan.js';

export interface OpenTask {
  task: Task;
  /** What is asked, as a command. */
  title: string;
  /** Empty where nobody is there for it. */
  asked: Answering[];
  /** The names of those whose it is, here or away. */
  holders: string[];
}

/** In the order of the days that they are due on. */
export async function openTasks(em: EntityManager, moment: CouncilMoment): Promise<OpenTask[]> {
  const councilId = moment.council.id;
  const standingIn = await standingInAt(em, moment);
  const open = await em.find(Task, { councilId, closedAt: null }, { orderBy: { dueOn: 'asc', openedAt: 'asc' } });
  if (open.length === 0) return [];
  const grants = await em.find(RoleGrant, { councilId });
  const posts = await em.find(Post, { councilId });
  const names = new Map((await em.find(Person, { councilId })).map(({ id, name }) => [id, name]));
  const found: OpenTask[] = [];
  for (const task of open)
    found.push({
      task,
      title: await titleOf(em, task, posts),
      asked: standingIn.whoIsAsked(task, grants, posts),
      holders: holdersOf(task, grants, posts).flatMap((id) => names.get(id) ?? []),
    });
  return found;
}

function holdersOf({ postId, role, scope = null }: Task, grants: readonly RoleGrant[], posts: readonly Post[]): string[] {
  if (postId) return posts.filter(({ id }) => id === postId).flatMap(({ holderId }) => holderId ?? []);
  const ofScope = (granted: string | null): boolean => scope === null || granted === null || granted === scope;
  return grants.filter((grant) => grant.role === role && ofScope(grant.scope ?? null)).map(({ personId }) => personId);
}

async function titleOf(em: EntityManager, task: Task, posts: readonly Post[]): Promise<string> {
  const plan = task.planId ? await em.findOneOrFail(Plan, task.planId) : null;
  if (plan) return whatIsAsked(em, plan, task);
  const period = task.quarterId ? await em.findOneOrFail(Quarter, task.quarterId) : null;
  if (!period) return taskTitle(task, ABOUT_NEITHER);
  const name = quarterInWords(financialYearFromId(period.year), period.quarter as QuarterNumber);
  if (task.kind === 'quarter-cabinet') return `Record that Cabinet noted the report: ${name}`;
  const post = posts.find(({ id }) => id === task.postId)?.title;
  return `Give the quarterly update${post ? ` of the ${post}` : ''}: ${name}`;
}

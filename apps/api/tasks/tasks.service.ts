/** What is asked of a person now: the open tasks of their roles and posts, in words. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { countdown } from '../../../libs/calendar/dates.js';
import type { CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { AnswerablePosts } from '../monitoring/answerable-posts.js';
import { taskTitle } from '../../../libs/database/task-title.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';

/** A task as people read it. */
export interface TaskInWords {
  task: Task;
  /** What is asked, as a command. */
  title: string;
  /** The page on which it is done. */
  href: string;
  plan: Plan | null;
  quarter: Quarter | null;
  /** The cycle whose alarm is to be answered. */
  cycle: Cycle | null;
  /** 'in 11 working days', null where there is no day. */
  countdown: string | null;
  isLate: boolean;
  /** What happens if nobody does it, to follow "Otherwise". */
  otherwise: string;
}

@Injectable()
export class Tasks {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The person's open tasks, the most urgent first. */
  async mine(person: SignedInPerson): Promise<TaskInWords[]> {
    const em = this.em.fork();
    const posts = await AnswerablePosts.of(em, person);
    const open = await em.find(Task, { councilId: person.councilId, closedAt: null });
    const mine = open.filter((task) => isAskedOf(task, person, posts));
    const inWords = await this.inWords(person.councilId, mine);
    return inWords.sort((a, b) => (a.task.dueOn ?? '9').localeCompare(b.task.dueOn ?? '9') || a.title.localeCompare(b.title));
  }

  /**
   * One task of the council, open or closed, and whether it is asked of this person.
   * @throws DomainError 'not-found'
   */
  async one(person: SignedInPerson, id: string): Promise<TaskInWords & { isMine: boolean }> {
    const em = this.em.fork();
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
    const task = isUuid ? await em.findOne(Task, { id, councilId: person.councilId }) : null;
    if (!task) throw new DomainError('not-found', 'There is no such task.');
    const posts = await AnswerablePosts.of(em, person);
    const [inWords] = await this.inWords(person.councilId, [task]);
    return { ...inWords!, isMine: isAskedOf(task, person, posts) };
  }

  private async inWords(councilId: string, tasks: Task[]): Promise<TaskInWords[]> {
    const em = this.em.fork();
    const council = await this.councils.byId(councilId);
    const idsOf = (name: 'planId' | 'quarterId' | 'cycleId'): string[] => tasks.flatMap((task) => (task[name] ? [task[name]] : []));
    const plans = await em.find(Plan, { id: { $in: idsOf('planId') } });
    const quarters = await em.find(Quarter, { id: { $in: idsOf('quarterId') } });
    const returned = await em.find(Message, { id: { $in: tasks.flatMap(({ messageId }) => (messageId ? [messageId] : [])) } });
    const cyclesOfPlans = plans.flatMap(({ cycleId }) => (cycleId ? [cycleId] : []));
    const cycles = await em.find(Cycle, { id: { $in: [...cyclesOfPlans, ...idsOf('cycleId')] } });
    return tasks.map((task) => {
      const plan = plans.find(({ id }) => id === task.planId) ?? null;
      const quarter = quarters.find(({ id }) => id === task.quarterId) ?? null;
      const cycle = cycles.find(({ id }) => id === (plan?.cycleId ?? task.cycleId)) ?? null;
      const stage = cycle?.route.stages.find(({ id }) => id === task.at)?.title ?? 'the committee';
      return {
        task,
        plan,
        quarter,
        cycle,
        title: taskTitle(task, { plan, quarter, stage, address: returned.find(({ id }) => id === task.messageId)?.recipientEmail }),
        href: hrefOf(task, quarter, cycle),
        ...dueIn(task, council),
        otherwise: otherwiseOf(task),
      };
    });
  }
}

/** Whether a task is asked of a person: by a role of the right scope, or by a post that they answer for. */
function isAskedOf(task: Task, person: SignedInPerson, posts: AnswerablePosts): boolean {
  if (task.postId) return posts.isAskedFor(task.postId);
  const scope = task.scope ?? null;
  return person.roles.some((held) => held.role === task.role && (held.scope === null || scope === null || held.scope === scope));
}

function dueIn(task: Task, council: CouncilAtWork): { countdown: string | null; isLate: boolean } {
  const today = council.clock.today();
  if (!task.dueOn) return { countdown: null, isLate: false };
  return { countdown: countdown(today, task.dueOn, council.calendar), isLate: task.closedAt === null && task.dueOn < today };
}

function hrefOf(task: Task, quarter: Quarter | null, cycle: Cycle | null): string {
  if (task.kind === 'guard-alarm' && cycle) return `/cycles/${cycle.year}/guard`;
  if (task.kind === 'quarterly-update' && quarter) return `/quarters/${quarter.year}/${quarter.quarter}/update`;
  return `/tasks/${task.id}`;
}

function otherwiseOf({ kind }: Task): string {
  switch (kind) {
    case 'full-plan':
      return 'the plan cannot be published on its date';
    case 'quarterly-update':
      return 'the report goes to Cabinet without your figures and says so';
    case 'quarter-cabinet':
      return 'the quarter stays open';
    case 'undelivered':
      return 'somebody does not know what is asked of them';
    case 'guard-alarm':
      return 'the alarm is raised again, and goes higher';
    default:
      return 'the plan misses its place in the approval timetable';
  }
}

/** What is asked of a person now: the open tasks of their roles and posts, in words. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { countdown } from '../../../libs/calendar/dates.js';
import type { CouncilAtWork } from '../../../libs/database/council-at-work.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person, RoleGrant } from '../../../libs/database/entities/people.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { Message, Task } from '../../../libs/database/entities/tasks.js';
import { standingInOn } from '../../../libs/database/standing-in-today.js';
import { AnswerablePosts } from '../monitoring/answerable-posts.js';
import { otherwiseOf, taskTitle } from '../../../libs/database/task-title.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { ownFirst } from '../../../libs/domain/route.js';
import type { StandingIn } from '../../../libs/domain/standing-in.js';
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

/** A task as one person sees it. */
export interface TaskOfPerson extends TaskInWords {
  /** Whose task it is, by name, where the person stands in for them. */
  onBehalfOf: string | null;
  /** Nobody is there for it: the performance team sees it and arranges who does it. */
  isUnattended: boolean;
}

@Injectable()
export class Tasks {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /** The person's open tasks, the most urgent first. */
  async mine(person: SignedInPerson): Promise<TaskOfPerson[]> {
    const em = this.em.fork();
    const day = await this.dayOf(em, person);
    const open = await em.find(Task, { councilId: person.councilId, closedAt: null });
    const mine = open.flatMap((task) => {
      const asked = askedAs(task, person, day);
      return asked ? [{ task, asked }] : [];
    });
    const inWords = await this.inWords(
      person.councilId,
      mine.map(({ task }) => task),
    );
    const tasks = inWords.map((words, index) => ({ ...words, ...mine[index]!.asked }));
    return tasks.sort((a, b) => (a.task.dueOn ?? '9').localeCompare(b.task.dueOn ?? '9') || a.title.localeCompare(b.title));
  }

  /**
   * One task of the council, open or closed, and whether it is asked of this person.
   * @throws DomainError 'not-found'
   */
  async one(person: SignedInPerson, id: string): Promise<TaskOfPerson & { isMine: boolean }> {
    const em = this.em.fork();
    const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
    const task = isUuid ? await em.findOne(Task, { id, councilId: person.councilId }) : null;
    if (!task) throw new DomainError('not-found', 'There is no such task.');
    const asked = askedAs(task, person, await this.dayOf(em, person));
    const [inWords] = await this.inWords(person.councilId, [task]);
    // To arrange who does an unattended task is not to be the one who may do it.
    const isMine = asked !== null && !(asked.isUnattended && task.role !== null && !task.postId);
    return { ...inWords!, ...(asked ?? { onBehalfOf: null, isUnattended: false }), isMine };
  }

  private async dayOf(em: EntityManager, person: SignedInPerson): Promise<Day> {
    const { councilId } = person;
    const today = (await this.councils.byId(councilId)).clock.today();
    const standingIn = await standingInOn(em, councilId, today);
    const away = await em.find(Person, { id: { $in: standingIn.absentees } });
    return {
      standingIn,
      posts: await AnswerablePosts.of(em, person, today),
      grants: await em.find(RoleGrant, { councilId }),
      names: new Map(away.map(({ id, name }) => [id, name])),
    };
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

/** Who is there on the day, and for whom. */
interface Day {
  standingIn: StandingIn;
  posts: AnswerablePosts;
  grants: RoleGrant[];
  /** The names of those who are away. */
  names: Map<string, string>;
}

/**
 * As what a task is asked of a person: by a role of the right scope or a post that they answer for, perhaps for somebody who is
 * away, or because nobody is there for it, which the performance team sees; null if it is not asked of them.
 */
function askedAs(task: Task, person: SignedInPerson, day: Day): { onBehalfOf: string | null; isUnattended: boolean } | null {
  const isTeam = person.roles.some(({ role }) => role === 'performance-team');
  if (task.postId) {
    if (!day.posts.isAskedFor(task.postId)) return null;
    const isUnattended = day.standingIn.whoIsAsked(task, day.grants, [...day.posts.posts.values()]).length === 0;
    return { onBehalfOf: day.names.get(day.posts.givesFor(task.postId) ?? '') ?? null, isUnattended };
  }
  const scope = task.scope ?? null;
  const held = ownFirst(
    person.roles.filter((one) => one.role === task.role && (one.scope === null || scope === null || one.scope === scope)),
  );
  if (held) return { onBehalfOf: held.forName ?? null, isUnattended: false };
  const isUnattended = day.standingIn.whoIsAsked(task, day.grants, []).length === 0;
  return isTeam && isUnattended ? { onBehalfOf: null, isUnattended } : null;
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

/** Chasing: one urgent e-mail to whoever has a plan, or still has updates to give, recorded and counted once. */
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CouncilMoment } from '../../../activities/council-moment.js';
import { whatIsAsked } from '../../../activities/remind-of-plan.js';
import { missingRowsByPost, peopleAnswering, updatersAsked } from '../../../activities/updaters.js';
import { countdown } from '../../../libs/calendar/dates.js';
import { Quarter } from '../../../libs/database/entities/monitoring.js';
import { Person, Post } from '../../../libs/database/entities/people.js';
import { Plan } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearFromId, quarterInWords, type Quarter as QuarterNumber } from '../../../libs/domain/financial-year.js';
import { isOver } from '../../../libs/domain/route.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import type { PlanAddress } from '../plans/plan-reader.js';
import { Holders } from './holders.js';
import { whomToChase } from './whom-to-chase.js';
import { shownChases, writeChase, type ChaseAnswer, type ChasedPerson, type ShownChase } from './write-chase.js';

/** The request of one chase: `again` confirms it where somebody was chased today already. */
export interface ChaseRequest {
  again: boolean;
  key: string;
}

@Injectable()
export class Chases {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * Chases whoever has what the plan waits for: what is overdue, or else its present step.
   * @throws DomainError 'not-allowed', 'not-found', 'not-now' if nobody has it, or somebody was chased today and it is not confirmed
   */
  async plan(person: SignedInPerson, { year, slug }: PlanAddress, request: ChaseRequest): Promise<ChaseAnswer> {
    requireMay('cycle.chase', person, slug);
    const moment = await this.councils.now(person.councilId);
    return this.em.fork().transactional(async (em) => {
      const plan = await em.findOne(Plan, { councilId: person.councilId, year, slug }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!plan) throw new DomainError('not-found', 'There is no plan at this address.');
      const chase = {
        ...{ moment, person, request, planId: plan.id, body: { plan: `${year}/${slug}` }, subject: `plan ${year} ${slug}` },
        otherwise: 'the plan misses its place in the approval timetable',
      };
      return writeChase(em, chase, isOver(plan) ? [] : await holdersOf(em, moment, plan));
    });
  }

  /**
   * Chases who has not given the updates of a quarter.
   * @param post the title of the post to be chased; null for everybody with rows missing
   * @throws DomainError as `plan`
   */
  async quarter(person: SignedInPerson, year: string, quarter: number, post: string | null, request: ChaseRequest): Promise<ChaseAnswer> {
    requireMay('cycle.chase', person, '');
    const moment = await this.councils.now(person.councilId);
    return this.em.fork().transactional(async (em) => {
      const place = { councilId: person.councilId, year, quarter };
      const period = await em.findOne(Quarter, place, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!period) throw new DomainError('not-found', 'This quarter has not been opened here.');
      const chase = {
        ...{
          moment,
          person,
          request,
          quarterId: period.id,
          body: { quarter: `${year}/${quarter}`, post },
          subject: `quarter ${year} ${quarter}`,
        },
        otherwise: 'the report to Cabinet goes out on time and names these rows as missing',
      };
      return writeChase(em, chase, period.status === 'closed' ? [] : await updatersOf(em, moment, period, post));
    });
  }

  /** The latest chase about each plan, by the plan's id. */
  async ofPlans(planIds: readonly string[]): Promise<Map<string, ShownChase>> {
    return shownChases(this.em.fork(), { planId: { $in: [...planIds] } }, ({ planId }) => planId ?? '');
  }

  /** The latest chase about a quarter of each person, by the person's id. */
  async ofQuarter(quarterId: string): Promise<Map<string, ShownChase>> {
    return shownChases(this.em.fork(), { quarterId }, ({ personId }) => personId);
  }
}

/** Whoever has what the plan waits for, with what is asked of them. */
async function holdersOf(em: EntityManager, moment: CouncilMoment, plan: Plan): Promise<ChasedPerson[]> {
  const open = await em.find(Task, { planId: plan.id, closedAt: null }, { orderBy: { openedAt: 'asc' } });
  const found: ChasedPerson[] = [];
  for (const { person, tasks } of await whomToChase(open, plan, moment.today, new Holders(em, moment))) {
    const asked: ChasedPerson['tasks'] = [];
    for (const task of tasks) {
      const due = task.dueOn ?? null;
      asked.push({ task: await whatIsAsked(em, plan, task), due, countdown: due && countdown(moment.today, due, moment.council.calendar) });
    }
    found.push({ person, tasks: asked, path: `/tasks/${tasks[0]!.id}` });
  }
  return found;
}

/** Each person with all the rows that they have not given, whichever of their posts was named. */
async function updatersOf(em: EntityManager, moment: CouncilMoment, period: Quarter, title: string | null): Promise<ChasedPerson[]> {
  const asked = await updatersAsked(em, moment, period);
  const wanted = title === null ? asked : await asWanted(em, moment, period, title, asked);
  const quarterName = quarterInWords(financialYearFromId(period.year), period.quarter as QuarterNumber);
  return wanted.map(({ person, rows }) => ({
    person,
    path: `/quarters/${period.year}/${period.quarter}/update`,
    tasks: [
      {
        task: `Give the quarterly update for ${quarterName}: ${rows.map(({ code, name }) => code || name).join(', ')}`,
        due: period.dates.due,
        countdown: countdown(moment.today, period.dates.due, moment.council.calendar),
      },
    ],
  }));
}

async function asWanted<Asked extends { person: Person }>(
  em: EntityManager,
  moment: CouncilMoment,
  period: Quarter,
  title: string,
  asked: readonly Asked[],
): Promise<Asked[]> {
  const post = await em.findOne(Post, { councilId: period.councilId, title });
  const isMissing = post && (await missingRowsByPost(em, period)).some(({ postId }) => postId === post.id);
  if (!isMissing) throw new DomainError('not-now', `Nothing is missing from the ${title} any more.`);
  const answering = await peopleAnswering(em, moment, post.id);
  return asked.filter(({ person }) => answering.some(({ id }) => id === person.id));
}

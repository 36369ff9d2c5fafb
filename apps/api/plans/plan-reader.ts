/** Reads plans with what pages and programs show of them: where they stand, versions, decisions, history, whose turn it is. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { CycleTimetable } from '../../../libs/calendar/timetable.js';
import { Person } from '../../../libs/database/entities/people.js';
import { Cycle, Decision, Plan, PlanVersion, StepChange } from '../../../libs/database/entities/plans.js';
import { datesOfPlan } from '../../../libs/database/plan-dates.js';
import { bothNames } from '../../../libs/database/standing-in-today.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { mayTake, roleFor, stageOf, stepsAt, type Role, type Route, type StepRule } from '../../../libs/domain/route.js';
import type { SignedInPerson } from '../access/policies.js';

/** A plan's place in addresses; the council is the reader's. */
export interface PlanAddress {
  /** '2026-27' */
  year: string;
  slug: string;
}

/** A plan with the cycle it goes through; null for a plan that was imported from another year's papers. */
export interface PlanInCycle {
  plan: Plan;
  cycle: Cycle | null;
  /** The plan's own dates, where it has others than its cycle. */
  dates?: CycleTimetable;
}

/** One stop on a plan's way, for the list that shows where it stands. */
export interface Stop {
  id: string;
  title: string;
  is: 'done' | 'now' | 'to come';
  dueOn: string | null;
}

export interface VersionFacts extends Omit<PlanVersion, 'content'> {
  author: string | null;
}

export interface DecisionFacts extends Decision {
  by: string;
  stageTitle: string;
  label: string;
  versionNumber: number;
}

export interface HistoryEntry extends StepChange {
  by: string | null;
  sentence: string;
}

/** Everything that is told about one plan but for its text. */
export interface PlanRecord extends PlanInCycle {
  versions: VersionFacts[];
  decisions: DecisionFacts[];
  history: HistoryEntry[];
}

@Injectable()
export class PlanReader {
  constructor(private readonly em: EntityManager) {}

  /** A council's plans, the latest year first. */
  async all(councilId: string, year?: string): Promise<Plan[]> {
    return this.em.fork().find(Plan, { councilId, ...(year ? { year } : {}) }, { orderBy: { year: 'desc', title: 'asc' } });
  }

  /** @throws DomainError 'not-found' */
  async byAddress(councilId: string, { year, slug }: PlanAddress): Promise<PlanInCycle> {
    const em = this.em.fork();
    const plan = await em.findOne(Plan, { councilId, year, slug });
    if (!plan) throw new DomainError('not-found', 'There is no plan at this address.');
    return inCycle(em, plan);
  }

  /** @throws DomainError 'not-found' */
  async byId(councilId: string, id: string): Promise<PlanInCycle> {
    const em = this.em.fork();
    const plan = await em.findOne(Plan, { councilId, id });
    if (!plan) throw new DomainError('not-found', 'There is no such plan.');
    return inCycle(em, plan);
  }

  /** The plan with its versions, decisions and history, newest first. */
  async record(found: PlanInCycle): Promise<PlanRecord> {
    const em = this.em.fork();
    const planId = found.plan.id;
    const [versions, decisions, changes] = await Promise.all([
      em.find(PlanVersion, { planId }, { orderBy: { number: 'desc' } }),
      em.find(Decision, { planId }, { orderBy: { decidedAt: 'desc' } }),
      em.find(StepChange, { planId }, { orderBy: { number: 'desc' } }),
    ]);
    const names = await this.names([
      ...versions.flatMap(({ authorId, authorForId }) => [authorId, authorForId]),
      ...decisions.flatMap(({ decidedBy, onBehalfOf }) => [decidedBy, onBehalfOf]),
      ...changes.flatMap(({ personId, onBehalfOf }) => [personId, onBehalfOf]),
    ]);
    const named = (id: string | null | undefined, forId: string | null | undefined): string | null =>
      id ? bothNames(names.get(id) ?? '', names.get(forId ?? '')) : null;
    const route = found.cycle?.route ?? null;
    return {
      ...found,
      versions: versions.map((version) => ({ ...version, author: named(version.authorId, version.authorForId) })),
      decisions: decisions.map((decision) => ({
        ...decision,
        by: named(decision.decidedBy, decision.onBehalfOf) ?? '',
        stageTitle: stageTitle(route, decision.stage),
        label: decidedAs(decision),
        versionNumber: versions.find(({ id }) => id === decision.versionId)?.number ?? 0,
      })),
      history: changes.map((change) => ({
        ...change,
        by: named(change.personId, change.onBehalfOf),
        sentence: sentenceOf(change, route),
      })),
    };
  }

  /**
   * One version with its text.
   * @throws DomainError 'not-found'
   */
  async version(planId: string, number: number): Promise<PlanVersion & { author: string | null }> {
    const wanted = Number.isSafeInteger(number) && number > 0 && number < 1_000_000 ? number : 0;
    const version = await this.em.fork().findOne(PlanVersion, { planId, number: wanted }, { populate: ['content'] });
    if (!version) throw new DomainError('not-found', 'The plan has no version of this number.');
    const { authorId, authorForId } = version;
    const names = await this.names([authorId, authorForId]);
    return Object.assign(version, { author: authorId ? bothNames(names.get(authorId) ?? '', names.get(authorForId ?? '')) : null });
  }

  /** The newest version with its text, of the origins that are asked for; null if there is none. */
  async latest(planId: string, origins: PlanVersion['origin'][]): Promise<PlanVersion | null> {
    const where = { planId, origin: { $in: origins } };
    const [version] = await this.em.fork().find(PlanVersion, where, { orderBy: { number: 'desc' }, limit: 1, populate: ['content'] });
    return version ?? null;
  }

  /** The names of people by their ids; people who left keep theirs. */
  async names(ids: readonly (string | null | undefined)[]): Promise<Map<string, string>> {
    const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
    const people = await this.em.fork().find(Person, { id: { $in: wanted } });
    return new Map(people.map(({ id, name }) => [id, name]));
  }
}

async function inCycle(em: EntityManager, plan: Plan): Promise<PlanInCycle> {
  if (!plan.cycleId) return { plan, cycle: null };
  const cycle = await em.findOneOrFail(Cycle, plan.cycleId);
  return { plan, cycle, dates: await datesOfPlan(em, cycle, plan) };
}

/** The steps that this person may take with the plan now, as the steps table says. */
export function stepsFor(person: SignedInPerson, { plan, cycle }: PlanInCycle): StepRule[] {
  if (!cycle) return [];
  return stepsAt(cycle.route, plan).filter((rule) => mayTake(cycle.route, plan, rule, plan.slug, person.roles));
}

/** The role whose turn it is where the plan stands; null where nobody's is. */
export function roleAt({ plan, cycle }: PlanInCycle): Role | null {
  if (!cycle) return null;
  const rule = stepsAt(cycle.route, plan).find(({ by }) => by === 'stage');
  return rule ? roleFor(cycle.route, plan, rule) : null;
}

/** The way of a plan: every stage of its route and the publication, with which it stands at. */
export function stopsOf({ plan, cycle, dates = cycle?.dates }: PlanInCycle): Stop[] {
  if (!cycle || !dates) return [];
  const stages = cycle.route.stages.map(({ id, title, deadline }) => ({ id, title, dueOn: dates[deadline] }));
  const stops = [...stages, { id: 'publication', title: 'Publication', dueOn: dates.publication as string | null }];
  const now = plan.at === 'published' ? stops.length : stops.findIndex(({ id }) => id === plan.at);
  return stops.map((stop, index) => ({ ...stop, is: index < now ? 'done' : index === now ? 'now' : 'to come' }));
}

/** Where a plan stands, in words. */
export function standsAt({ plan, cycle }: PlanInCycle): string {
  if (!cycle) return 'Imported from committee papers';
  if (plan.at === 'given-up') return 'Given up';
  if (plan.at === 'published') return 'Published';
  if (plan.at === 'opening') return 'About to be opened';
  if (plan.at === 'publication')
    return plan.fullPlan === 'complete'
      ? 'Approved and complete: waits for its publication date'
      : 'Approved: the full plan is still to be completed';
  return stageOf(cycle.route, plan)?.title ?? plan.at;
}

function stageTitle(route: Route | null, id: string): string {
  return route?.stages.find((stage) => stage.id === id)?.title ?? placeNames[id] ?? id;
}

const placeNames: Record<string, string> = { publication: 'Publication', published: 'Published', 'given-up': 'Given up' };

/** The words of a decision, as the record keeps them. */
const decisionWords: Partial<Record<Decision['step'], string>> = {
  agree: 'Agreed for committee',
  return: 'Returned',
  approve: 'Approved',
  recommend: 'Recommended',
  'refer-back': 'Referred back',
};

function decidedAs({ step, effective }: Decision): string {
  if (step === 'note') return effective ? 'Noted' : 'Noted, not decided';
  return decisionWords[step] ?? step;
}

function sentenceOf(change: StepChange, route: Route | null): string {
  const at = stageTitle(route, change.fromAt);
  switch (change.step) {
    case 'open':
      return 'The draft was opened, rolled forward from the year before';
    case 'submit':
      return `Submitted to ${stageTitle(route, change.toAt)}`;
    case 'agree':
      return `${at}: agreed for committee`;
    case 'return':
      return `${at}: returned`;
    case 'approve':
      return `${at}: approved`;
    case 'recommend':
      return `${at}: recommended`;
    case 'note':
      return change.fromAt === change.toAt ? `${at}: noted, not decided` : `${at}: noted`;
    case 'refer-back':
      return `${at}: referred back`;
    case 'ask-for-full-plan':
      return 'The full plan was asked for';
    case 'complete':
      return 'The full plan was signed off';
    case 'publish':
      return 'Published';
    case 'give-up':
      return 'Given up';
  }
}

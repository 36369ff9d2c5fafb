/** What one task's page shows: the plan as it stands, what this draft brought in, what was decided before, and the steps. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { FullPlanDraft, PlanDraft } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { countQueries } from '../../../libs/domain/accepted-queries.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { extractOf } from '../../../libs/domain/business-plan.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { rollForward } from '../../../libs/domain/roll-forward.js';
import type { StepRule } from '../../../libs/domain/route.js';
import { rolesToDecideBy } from '../../../libs/domain/standing-in.js';
import { may, type SignedInPerson } from '../access/policies.js';
import { Chases } from '../cycle/chases.service.js';
import { documentOf, partsOf } from '../plans/plan-document.js';
import { PlanDifferences, type ShownDifferences } from '../plans/plan-differences.js';
import { PlanQueries, type PlanQuery } from '../plans/plan-queries.js';
import { PlanReader, standsAt, stepsFor, stopsOf, type PlanInCycle, type PlanRecord } from '../plans/plan-reader.js';
import type { FormError } from '../rendering/page.js';
import type { TaskInWords } from './tasks.service.js';

/** What a person has typed into the form, to be shown again with what has to be put right. */
export type TypedStep = Partial<Record<'step' | 'reason' | 'minute', string>>;

@Injectable()
export class TaskPages {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
    private readonly differences: PlanDifferences,
    private readonly queries: PlanQueries,
    private readonly chases: Chases,
  ) {}

  /** The page's model. The form gets a key of its own each time it is made, so that a double click counts once. */
  async model(
    person: SignedInPerson,
    { isMine, ...inWords }: TaskInWords & { isMine: boolean },
    typed: TypedStep = {},
    errors: FormError[] = [],
  ): Promise<{ title: string } & Record<string, unknown>> {
    const { task, plan } = inWords;
    const found = await this.plans.byId(person.councilId, plan!.id);
    const record = await this.plans.record(found);
    const isOpen = task.closedAt === null || task.closedAt === undefined;
    const closedBy = (await this.plans.names([task.closedBy])).get(task.closedBy ?? '') ?? null;
    const text = await this.textFor(task, found);
    const inherited = await this.queries.inherited(found.plan.id);
    const queries = await this.queriesOf(person.councilId, found.plan.id, text, inherited);
    const accepted = queries.filter(({ state }) => state === 'accepted');
    const mayDecideBy = rolesToDecideBy(person.id, person.roles, text.authors);
    const isAuthor = text.authors.length > 0 && !mayDecideBy.some(({ role }) => role === task.role);
    const steps = isOpen && isMine && !isAuthor ? stepsOfTask(task, stepsFor({ ...person, roles: mayDecideBy }, found)) : [];
    return {
      ...inWords,
      errors,
      // The first of several errors in one field says what they are about.
      problems: Object.fromEntries(errors.toReversed().map(({ field, text }) => [field, text])),
      typed,
      wide: true,
      isMine,
      isOpen,
      isAuthor: isOpen && isMine && isAuthor,
      isOwnText: text.authors[0] === person.id,
      closedBy,
      chased: isOpen ? ((await this.chases.ofPlans([found.plan.id])).get(found.plan.id) ?? null) : null,
      year: found.plan.year,
      standsAt: standsAt(found),
      stops: stopsOf(found),
      steps,
      needs: { minute: steps.some((rule) => rule.needs.includes('minute')), reason: steps.some((rule) => rule.needs.includes('reason')) },
      key: randomUUID(),
      ...text,
      sections: text.content ? documentOf(text.content) : [],
      broughtIn: queries.filter((query) => !query.inherited && query.state !== 'accepted'),
      inheritedCount: countQueries(queries.filter(({ state }) => state === 'earlier')),
      stopping: queries.filter(({ state }) => state === 'stops'),
      accepted,
      acceptedBecause: task.kind === 'draft' ? null : reasonBeside(accepted, record),
      changes: text.content ? await this.changes(task, text, record, inherited) : null,
      returns: record.decisions.filter(({ step }) => step === 'return' || step === 'refer-back'),
      decisions: record.decisions,
      mayEdit: may('plan.edit', person, found.plan.slug),
    };
  }

  /**
   * What the leader changed: since the version that was submitted before, in the first round since last year's plan as rolled
   * forward. Null for tasks that do not ask for it, and for a plan with nothing before it.
   */
  private async changes(task: Task, text: TaskText, record: PlanRecord, inherited: BusinessPlan | null): Promise<Changes | null> {
    if (!text.content || (task.kind !== 'draft' && task.kind !== 'review')) return null;
    const { plan, versions } = record;
    const before = versions.find(({ origin, number }) => origin === 'submitted' && number < (text.versionNumber ?? Infinity));
    if (before) {
      const { content } = await this.plans.version(plan.id, before.number);
      return { since: before.number, shown: await this.differences.shown(plan.councilId, content, text.content) };
    }
    if (!inherited) return null;
    const { plan: rolled } = rollForward(extractOf(inherited), { to: financialYearFromId(plan.year) });
    return { since: null, shown: await this.differences.shown(plan.councilId, rolled, text.content) };
  }

  /** The queries of the text that the task is about: of a version, with what was accepted when it was submitted. */
  private async queriesOf(
    councilId: string,
    planId: string,
    { content, submittedAt }: TaskText,
    inherited: BusinessPlan | null,
  ): Promise<PlanQuery[]> {
    if (!content) return [];
    if (submittedAt) return this.queries.ofVersion(councilId, planId, content, submittedAt);
    return this.queries.ofDraft(councilId, planId, content, inherited);
  }

  /** The text that the task is about, with what the form has to name of it. */
  private async textFor(task: Task, { plan }: PlanInCycle): Promise<TaskText> {
    const em = this.em.fork();
    if (task.kind === 'draft' && task.at === plan.at) {
      const draft = await em.findOneOrFail(PlanDraft, plan.id);
      return { ...NO_TEXT, content: draft.content, draftRevision: draft.revision };
    }
    const version = await this.plans.latest(plan.id, ['submitted', 'published', 'imported']);
    const about = version
      ? { content: version.content, versionHash: version.extractHash, versionNumber: version.number, submittedAt: version.createdAt }
      : {};
    if (task.kind === 'full-plan') {
      const fullPlan = await em.findOneOrFail(FullPlanDraft, plan.id);
      return { ...NO_TEXT, ...about, draftRevision: fullPlan.revision, parts: partsOf(fullPlan.parts) };
    }
    return { ...NO_TEXT, ...about, authors: [version?.authorId, version?.authorForId].flatMap((id) => id ?? []) };
  }
}

interface Changes {
  /** The version compared with; null for last year's plan as it was rolled forward. */
  since: number | null;
  shown: ShownDifferences;
}

interface TaskText {
  content: BusinessPlan | null;
  versionHash: string | null;
  versionNumber: number | null;
  draftRevision: number | null;
  parts: ReturnType<typeof partsOf> | null;
  /** Who submitted the version, and for whom; they do not decide about it, nor does anybody for them. */
  authors: string[];
  /** When the version was made, in the council's time; null for a draft. */
  submittedAt: Date | null;
}

const NO_TEXT: TaskText = {
  content: null,
  versionHash: null,
  versionNumber: null,
  draftRevision: null,
  parts: null,
  authors: [],
  submittedAt: null,
};

/** What the leader wrote when submitting, unless it stands with the acceptances already. */
function reasonBeside(accepted: readonly PlanQuery[], { history }: PlanRecord): string | null {
  const reason = history.find(({ step }) => step === 'submit')?.reason ?? null;
  return accepted.some(({ acceptance }) => acceptance?.reason === reason) ? null : reason;
}

/** The steps that end, or belong to, this task. */
export function stepsOfTask(task: Task, steps: readonly StepRule[]): StepRule[] {
  return steps.filter((rule) => (task.kind === 'full-plan' ? rule.step === 'complete' : rule.by === 'stage'));
}

/** The queries that a careful reader would raise about a plan's text, each with how it stands: open, accepted with a reason, or inherited. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PlanDraft } from '../../../libs/database/entities/plans.js';
import type { QueryAcceptance } from '../../../libs/database/entities/queries.js';
import { bothNames } from '../../../libs/database/standing-in-today.js';
import { acceptanceRecord, standingAcceptances, type RecordedAcceptance } from '../../../libs/database/query-acceptances.js';
import { ruleSettingsOf } from '../../../libs/database/rule-settings.js';
import { settledQueries, type AcceptedQuery, type SettledQuery } from '../../../libs/domain/accepted-queries.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { stageOf } from '../../../libs/domain/route.js';
import { inheritedText } from './draft-editor.service.js';
import { PlanReader, type PlanInCycle } from './plan-reader.js';

/** An acceptance with the name of who gave it. */
export interface AcceptanceFacts extends AcceptedQuery {
  id: string;
  message: string;
  reason: string;
  by: string;
  acceptedAt: Date;
}

/** An acceptance that covers no query any more: it was withdrawn, or the text is another now. */
export interface PastAcceptance extends AcceptanceFacts {
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
}

export type PlanQuery = SettledQuery<AcceptanceFacts>;

/** The queries of the text that a plan has now. */
export interface QueriesNow {
  /** The draft's, while it is with its leader; else the newest version's. Both null where there is no text yet. */
  draftRevision: number | null;
  versionNumber: number | null;
  queries: PlanQuery[];
  past: PastAcceptance[];
}

@Injectable()
export class PlanQueries {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
  ) {}

  /** The queries of a plan's draft: those that stop its submission are exactly those that the record will find. */
  async ofDraft(councilId: string, planId: string, content: BusinessPlan, inherited: BusinessPlan | null): Promise<PlanQuery[]> {
    return this.settled(councilId, content, inherited, standingAcceptances(await this.record(planId)));
  }

  /**
   * The queries of a version. It was submitted, so none stops it.
   * @param at when it was submitted, in the council's time: what was accepted or withdrawn later is not about it
   */
  async ofVersion(councilId: string, planId: string, content: BusinessPlan, at: Date): Promise<PlanQuery[]> {
    const [record, inherited] = [await this.record(planId), await this.inherited(planId)];
    const queries = await this.settled(councilId, content, inherited, standingAcceptances(record, at));
    return queries.map((query) => (query.state === 'stops' ? { ...query, state: 'open' } : query));
  }

  /** The queries of the text that the plan has now. */
  async now({ plan, cycle }: PlanInCycle): Promise<QueriesNow> {
    const draft = cycle && stageOf(cycle.route, plan)?.power === 'draft' ? await this.em.fork().findOne(PlanDraft, plan.id) : null;
    const version = draft ? null : await this.plans.latest(plan.id, ['submitted', 'published', 'imported']);
    const about = { draftRevision: draft?.revision ?? null, versionNumber: version?.number ?? null };
    if (draft) {
      const queries = await this.ofDraft(plan.councilId, plan.id, draft.content, await this.inherited(plan.id));
      return { ...about, queries, past: await this.past(plan.id, queries) };
    }
    const queries = version ? await this.ofVersion(plan.councilId, plan.id, version.content, version.createdAt) : [];
    return { ...about, queries, past: [] };
  }

  /** The text of the year before that a plan was rolled forward from; null if there is none. */
  async inherited(planId: string): Promise<BusinessPlan | null> {
    const em = this.em.fork();
    const draft = await em.findOne(PlanDraft, planId);
    return draft ? inheritedText(em, draft) : null;
  }

  private async settled(
    councilId: string,
    content: BusinessPlan,
    inherited: BusinessPlan | null,
    acceptances: QueryAcceptance[],
  ): Promise<PlanQuery[]> {
    const names = await this.plans.names(acceptances.flatMap(({ acceptedBy, onBehalfOf }) => [acceptedBy, onBehalfOf]));
    const facts = acceptances.map((acceptance) => factsOf(acceptance, names));
    return settledQueries(content, inherited, facts, await ruleSettingsOf(this.em.fork(), councilId));
  }

  private async past(planId: string, queries: readonly PlanQuery[]): Promise<PastAcceptance[]> {
    const inForce = new Set(queries.flatMap(({ acceptance }) => (acceptance ? [acceptance.id] : [])));
    const record = (await this.record(planId)).filter(({ acceptance }) => !inForce.has(acceptance.id)).reverse();
    const people = record.flatMap(({ acceptance, withdrawal }) => [acceptance.acceptedBy, acceptance.onBehalfOf, withdrawal?.withdrawnBy]);
    const names = await this.plans.names(people);
    return record.map(({ acceptance, withdrawal }) => ({
      ...factsOf(acceptance, names),
      withdrawnBy: withdrawal ? (names.get(withdrawal.withdrawnBy) ?? '') : null,
      withdrawnAt: withdrawal?.withdrawnAt ?? null,
    }));
  }

  private record(planId: string): Promise<RecordedAcceptance[]> {
    return acceptanceRecord(this.em.fork(), planId);
  }
}

function factsOf(acceptance: QueryAcceptance, names: ReadonlyMap<string, string>): AcceptanceFacts {
  const { id, rule, rowId, code, column, text, message, reason, acceptedBy, onBehalfOf, acceptedAt } = acceptance;
  const place = { rule, rowId: rowId ?? null, code: code ?? null, column: column ?? null, text };
  return { id, ...place, message, reason, by: bothNames(names.get(acceptedBy) ?? '', names.get(onBehalfOf ?? '')), acceptedAt };
}

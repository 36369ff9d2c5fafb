/** Accepting queries of a draft with a reason, and withdrawing an acceptance: by the plan's leader, while it is drafted. */
import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { appendToAuditTrail } from '../../../libs/database/audit-trail.js';
import { Plan, PlanDraft } from '../../../libs/database/entities/plans.js';
import { AcceptanceWithdrawal, QueryAcceptance } from '../../../libs/database/entities/queries.js';
import { RequestAnswer } from '../../../libs/database/entities/record.js';
import { acceptanceOnRecord, acceptanceRecord, standingAcceptances, writeAcceptances } from '../../../libs/database/query-acceptances.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { ruleSettingsOf } from '../../../libs/database/rule-settings.js';
import { settledQueries, type SettledQuery } from '../../../libs/domain/accepted-queries.js';
import { DomainError, type InvalidField } from '../../../libs/domain/domain-error.js';
import { plainText } from '../../../libs/domain/plain-text.js';
import { actsFor, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { DraftEditor, inheritedText } from './draft-editor.service.js';
import type { PlanAddress } from './plan-reader.js';
import { REASON_LIMIT } from './plan-steps.service.js';

/** A query as somebody names it, with the text that they saw. */
export interface ChosenQuery {
  rule: string;
  rowId: string | null;
  column: string | null;
  code: string | null;
  /** Of the text that was seen (`textCheck`); without it the text does not matter. */
  textCheck?: string | undefined;
}

export interface AcceptanceAsked {
  reason: string;
  queries: ChosenQuery[];
}

/** What was recorded; the same for every repetition of the same request. */
export interface AcceptanceAnswer {
  acceptances: { id: string; rule: string; rowId: string | null; column: string | null; code: string | null }[];
}

@Injectable()
export class Acceptances {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly editor: DraftEditor,
  ) {}

  /**
   * Accepts queries with one reason for all of them, or none if one of them cannot be. The same request under the same key counts once.
   * @throws DomainError 'invalid' without a reason or a query; 'stale' if a query is not there any more, stands on another text or
   *   was accepted meanwhile; 'not-allowed', 'not-now', 'not-found', 'key-reused'
   */
  async accept(person: SignedInPerson, address: PlanAddress, asked: AcceptanceAsked, idempotencyKey: string): Promise<AcceptanceAnswer> {
    const reason = requiredReason(asked);
    const { year, slug } = address;
    const request = requestKey(person.councilId, person.id, idempotencyKey, { act: 'accept-queries', year, slug, ...plainData(asked) });
    const given = await answerGivenTo<AcceptanceAnswer>(this.em.fork(), request);
    if (given) return given;
    return this.change(person, address, 'accept-queries', async (em, plan, at) => {
      // The plan is locked now, so that the other of two clicks has answered or waits.
      const first = await answerGivenTo<AcceptanceAnswer>(em, request);
      if (first) return { result: first, details: null };
      const chosen = chosenAmong(await queriesOf(em, plan), asked.queries);
      const written = writeAcceptances(em, chosen, {
        ...{ planId: plan.id, personId: person.id, onBehalfOf: actsFor('plan.edit', person, plan.slug) },
        ...{ reason, at },
      });
      const answer: AcceptanceAnswer = { acceptances: written.map(asAnswer) };
      em.persist(em.create(RequestAnswer, { ...request, answer: { ...answer }, createdAt: at }));
      return { result: answer, details: { reason, accepted: written.map(acceptanceOnRecord) } };
    });
  }

  /**
   * Withdraws an acceptance: the query is open again, the record stays.
   * @throws DomainError 'not-found' if this plan has no such acceptance that stands; 'not-allowed', 'not-now'
   */
  async withdraw(person: SignedInPerson, address: PlanAddress, acceptanceId: string): Promise<QueryAcceptance> {
    return this.change(person, address, 'withdraw-acceptance', async (em, plan, at) => {
      const standing = standingAcceptances(await acceptanceRecord(em, plan.id));
      const acceptance = standing.find(({ id }) => id === acceptanceId);
      if (!acceptance) throw new DomainError('not-found', 'There is no such acceptance. It may have been withdrawn already.');
      em.persist(em.create(AcceptanceWithdrawal, { acceptanceId, withdrawnBy: person.id, withdrawnAt: at }));
      return { result: acceptance, details: { withdrawn: acceptanceOnRecord(acceptance) } };
    });
  }

  /** One act in one transaction, on record. The plan's row is locked as when its draft is edited or a step is recorded. */
  private async change<Result>(
    person: SignedInPerson,
    address: PlanAddress,
    act: string,
    work: (em: EntityManager, plan: Plan, at: Date) => Promise<{ result: Result; details: Record<string, unknown> | null }>,
  ): Promise<Result> {
    const opened = (await this.editor.open(person, address)).plan;
    const { clock } = await this.councils.byId(person.councilId);
    return this.em.fork().transactional(async (em) => {
      const plan = await em.findOneOrFail(Plan, opened.id, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (plan.at !== opened.at || plan.round !== opened.round)
        throw new DomainError('not-now', 'The plan has moved on, so its queries cannot be accepted now. Look at where it stands.');
      const at = clock.now();
      const { result, details } = await work(em, plan, at);
      await em.flush();
      if (details) {
        const onBehalfOf = actsFor('plan.edit', person, plan.slug);
        const record = { councilId: plan.councilId, at, personId: person.id, act, subject: `plan ${plan.year} ${plan.slug}` };
        await appendToAuditTrail(em, { ...record, details: { ...details, ...(onBehalfOf ? { onBehalfOf } : {}) } });
      }
      return result;
    });
  }
}

/** What tells one text from another in a form or a request: short, whatever the text's length. White space makes no difference. */
export function textCheck(text: string): string {
  return createHash('sha256').update(plainText(text)).digest('hex').slice(0, 16);
}

async function queriesOf(em: EntityManager, plan: Plan): Promise<SettledQuery[]> {
  const draft = await em.findOneOrFail(PlanDraft, plan.id);
  const acceptances = standingAcceptances(await acceptanceRecord(em, plan.id));
  return settledQueries(draft.content, await inheritedText(em, draft), acceptances, await ruleSettingsOf(em, plan.councilId));
}

/** The queries that were meant: all of them, still open and on the text that was seen, or a refusal that names each that is not. */
function chosenAmong(queries: readonly SettledQuery[], asked: readonly ChosenQuery[]): SettledQuery[] {
  const matches = asked.map((chosen) => queries.filter((query) => isMeant(query, chosen)));
  const fields = matches.flatMap((found, index): InvalidField[] => {
    const accepted = found.find(({ state }) => state === 'accepted');
    if (accepted) return [{ pointer: `/queries/${index}`, detail: `Accepted already: ${accepted.message}` }];
    const rule = asked[index]?.rule ?? '';
    return found.length > 0 ? [] : [{ pointer: `/queries/${index}`, detail: `No longer there, or on another text (${rule})` }];
  });
  if (fields.length === 0) return matches.flat();
  const what = fields.length === 1 ? 'One of the queries you chose has' : `${fields.length} of the queries you chose have`;
  throw new DomainError(
    'stale',
    `${what} changed or been accepted since you opened this page. Nothing was accepted. Look at the list again.`,
    fields,
  );
}

function isMeant(query: SettledQuery, { rule, rowId, column, code, textCheck: seen }: ChosenQuery): boolean {
  const isThere = query.rule === rule && query.rowId === rowId && query.column === column && query.code === code;
  return isThere && (seen === undefined || seen === textCheck(query.text));
}

function requiredReason({ reason, queries }: AcceptanceAsked): string {
  const fields: InvalidField[] = [];
  if (queries.length === 0) fields.push({ pointer: '/queries', detail: 'Choose at least one query' });
  if (reason.trim() === '') fields.push({ pointer: '/reason', detail: 'Give the reason' });
  if (reason.length > REASON_LIMIT)
    fields.push({ pointer: '/reason', detail: `The reason must be ${REASON_LIMIT.toLocaleString('en-GB')} characters or fewer` });
  if (fields.length > 0) throw new DomainError('invalid', 'Choose the queries and give the reason why they are right as they are.', fields);
  return reason.trim();
}

function plainData({ reason, queries }: AcceptanceAsked): Record<string, unknown> {
  return { reason, queries: queries.map(({ textCheck: seen, ...place }) => (seen === undefined ? place : { ...place, textCheck: seen })) };
}

function asAnswer({ id, rule, rowId, column, code }: QueryAcceptance): AcceptanceAnswer['acceptances'][number] {
  return { id, rule, rowId: rowId ?? null, column: column ?? null, code: code ?? null };
}

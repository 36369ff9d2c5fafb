/** Taking a step with a plan: the way in for pages and programs to the plan's workflow. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { answerGivenTo, requestKey, type RequestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { mayTake, ruleFor, type StepName } from '../../../libs/domain/route.js';
import { executeUpdate } from '../../../libs/temporal/execute-update.js';
import type { StepAnswer, StepRequest } from '../../../workflows/activity-contract.js';
import { takeStep } from '../../../workflows/messages.js';
import { planWorkflowId } from '../../../workflows/workflow-ids.js';
import type { SignedInPerson } from '../access/policies.js';
import { PlanReader, type PlanAddress } from './plan-reader.js';

/** What a person asks: the step, the text they saw, and what the step must come with. */
export type StepAsked = Pick<StepRequest, 'versionHash' | 'draftRevision' | 'reason' | 'minute'> & { step: StepName };

/** How long a reason and a minute's number may be. */
export const REASON_LIMIT = 1_000;
export const MINUTE_LIMIT = 100;

@Injectable()
export class PlanSteps {
  constructor(
    private readonly em: EntityManager,
    private readonly temporal: Client,
    private readonly plans: PlanReader,
  ) {}

  /**
   * Takes a step; sending the same again under the same key counts once and gives the first answer.
   * Whether this person may take it, and about this text, is decided where it is recorded.
   * @throws DomainError 'not-found', 'not-now', 'key-reused', and every refusal of the steps table and the record
   */
  async take(person: SignedInPerson, address: PlanAddress, asked: StepAsked, idempotencyKey: string): Promise<StepAnswer> {
    const { councilId, id: personId } = person;
    const { plan, cycle } = await this.plans.byAddress(councilId, address);
    if (!plan.cycleId)
      throw new DomainError(
        'not-now',
        'This plan was imported from committee papers. It has no approval timetable here, so no step can be taken.',
      );
    refuseTooLong(asked);
    if (cycle && !mayBe(person, plan, cycle, asked.step)) return this.givenOrNotAllowed(person, address, asked, idempotencyKey);
    const request = { ...withoutBlanks(asked), ...keyOf(person, address, asked, idempotencyKey), personId };
    return executeUpdate(this.em.fork(), this.temporal, planWorkflowId(councilId, plan.year, plan.slug), takeStep, request);
  }

  /** Where a person may not take a step any more that they took before, the first answer stands all the same. */
  private async givenOrNotAllowed(...request: Parameters<PlanSteps['answerGiven']>): Promise<StepAnswer> {
    const given = await this.answerGiven(...request);
    if (!given) throw new DomainError('not-allowed', 'You do not have the role that takes this step.');
    return given;
  }

  /** The answer that the same request got before, or null if it is the first time. */
  async answerGiven(person: SignedInPerson, address: PlanAddress, asked: StepAsked, idempotencyKey: string): Promise<StepAnswer | null> {
    return answerGivenTo<StepAnswer>(this.em.fork(), keyOf(person, address, asked, idempotencyKey));
  }
}

/** Asked here only to spare the workflow; it is decided again where the step is recorded. */
function mayBe({ roles }: SignedInPerson, plan: Plan, { route }: Cycle, step: StepName): boolean {
  const rule = ruleFor(route, plan, step);
  return !rule || mayTake(route, plan, rule, plan.slug, roles);
}

function keyOf({ councilId, id }: SignedInPerson, { year, slug }: PlanAddress, asked: StepAsked, idempotencyKey: string): RequestKey {
  return requestKey(councilId, id, idempotencyKey, { year, slug, ...withoutBlanks(asked) });
}

function refuseTooLong({ reason, minute }: StepAsked): void {
  if ((reason?.length ?? 0) > REASON_LIMIT) throw tooLong('reason', REASON_LIMIT);
  if ((minute?.length ?? 0) > MINUTE_LIMIT) throw tooLong('minute', MINUTE_LIMIT);
}

function tooLong(field: 'reason' | 'minute', limit: number): DomainError {
  const detail = `The ${field} must be ${limit.toLocaleString('en-GB')} characters or fewer`;
  return new DomainError('invalid', `${detail}.`, [{ pointer: `/${field}`, detail }]);
}

/** A field that was left out and one without a value are the same request. */
function withoutBlanks(asked: StepAsked): StepAsked {
  const entries = Object.entries(asked).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as unknown as StepAsked;
}

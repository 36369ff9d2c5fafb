/** What people ask of a quarter: a report now, or that Cabinet's noting is recorded. The quarter's own process records it. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { requestKey } from '../../../libs/database/request-answers.js';
import { QUARTER_STEPS, mayTakeQuarterStep, type QuarterStep } from '../../../libs/domain/quarter-steps.js';
import { executeUpdate } from '../../../libs/temporal/execute-update.js';
import type { PreparedReport } from '../../../workflows/activity-contract.js';
import { takeQuarterStep } from '../../../workflows/messages.js';
import { quarterWorkflowId } from '../../../workflows/workflow-ids.js';
import { requireMay, type PolicyName, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { Quarters } from './quarters.service.js';

const POLICY_OF: Record<QuarterStep, PolicyName> = { prepare: 'monitoring.manage', note: 'monitoring.note' };

/** A step that a person may take now, as its button says. */
export interface StepOnOffer {
  step: QuarterStep;
  label: string;
}

@Injectable()
export class QuarterSteps {
  constructor(
    private readonly em: EntityManager,
    private readonly temporal: Client,
    private readonly councils: Councils,
    private readonly quarters: Quarters,
  ) {}

  /** The steps that this person may take where the quarter stands: the buttons of its page. */
  async onOffer(person: SignedInPerson, status: string): Promise<StepOnOffer[]> {
    const { cabinet } = (await this.councils.byId(person.councilId)).settings.timetable.bodies;
    const steps: QuarterStep[] = status === 'closed' ? [] : status === 'with-cabinet' ? ['prepare', 'note'] : ['prepare'];
    return steps
      .filter((step) => mayTakeQuarterStep(step, person.roles, cabinet))
      .map((step) => ({ step, label: QUARTER_STEPS[step].label }));
  }

  /**
   * Prepares a report from the figures as they are now.
   * @param idempotencyKey the request's own: the same key prepares one report, however often it comes
   * @throws DomainError 'not-allowed', 'not-found', 'not-now', 'key-reused'
   */
  async prepare(person: SignedInPerson, year: string, quarter: number, idempotencyKey: string): Promise<PreparedReport> {
    return this.take(person, year, quarter, { step: 'prepare' }, idempotencyKey);
  }

  /**
   * Records that Cabinet noted the report, which closes the quarter.
   * @throws DomainError 'invalid' without a minute, and as `prepare`
   */
  async note(person: SignedInPerson, year: string, quarter: number, minute: string, idempotencyKey: string): Promise<PreparedReport> {
    return this.take(person, year, quarter, { step: 'note', minute }, idempotencyKey);
  }

  private async take(
    person: SignedInPerson,
    year: string,
    quarter: number,
    asked: { step: QuarterStep; minute?: string },
    idempotencyKey: string,
  ): Promise<PreparedReport> {
    const { cabinet } = (await this.councils.byId(person.councilId)).settings.timetable.bodies;
    requireMay(POLICY_OF[asked.step], person, cabinet);
    await this.quarters.period(person.councilId, year, quarter);
    const key = requestKey(person.councilId, person.id, idempotencyKey, { year, quarter, ...asked });
    const request = { ...asked, personId: person.id, ...key };
    return executeUpdate(this.em.fork(), this.temporal, quarterWorkflowId(person.councilId, year, quarter), takeQuarterStep, request);
  }
}

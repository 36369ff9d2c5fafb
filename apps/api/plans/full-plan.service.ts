/** The parts that complete a plan after the committee's decision: written by its head of service or leader until they are signed off. */
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { FullPlanDraft, Plan } from '../../../libs/database/entities/plans.js';
import type { FullPlanParts } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { isOver } from '../../../libs/domain/route.js';
import { requireMay, type SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { PlanReader, type PlanAddress, type PlanInCycle } from './plan-reader.js';
import { StaleText } from './stale-save.js';

export interface OpenFullPlan extends PlanInCycle {
  fullPlan: FullPlanDraft;
}

@Injectable()
export class FullPlans {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly plans: PlanReader,
  ) {}

  /** @throws DomainError 'not-found', also for a plan that was imported and has no parts to complete */
  async open(councilId: string, address: PlanAddress): Promise<OpenFullPlan> {
    const found = await this.plans.byAddress(councilId, address);
    const fullPlan = await this.em.fork().findOne(FullPlanDraft, found.plan.id);
    if (!fullPlan) throw new DomainError('not-found', 'This plan was imported from committee papers. There is no full plan to complete.');
    return { ...found, fullPlan };
  }

  /**
   * Saves all five parts.
   * @param revision the revision that the person saw
   * @throws StaleText with both texts; DomainError 'not-found', 'not-allowed', 'not-now'
   */
  async save(person: SignedInPerson, address: PlanAddress, parts: FullPlanParts, revision: number): Promise<FullPlanDraft> {
    requireMay('plan.edit', person, address.slug);
    const council = await this.councils.byId(person.councilId);
    return this.em.fork().transactional(async (em) => {
      // Locked as when a step is recorded, so that nothing changes under a sign-off.
      const plan = await em.findOne(Plan, { councilId: person.councilId, ...address }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const fullPlan = plan && (await em.findOne(FullPlanDraft, plan.id));
      if (!fullPlan) throw new DomainError('not-found', 'There is no full plan to complete at this address.');
      if (plan.fullPlan === 'complete' || isOver(plan))
        throw new DomainError('not-now', 'The full plan has been signed off, so it is not changed any more.');
      const same = (Object.keys(parts) as (keyof FullPlanParts)[]).every((part) => parts[part] === fullPlan.parts[part]);
      if (same) return fullPlan;
      if (fullPlan.revision !== revision)
        throw new StaleText({ revision: fullPlan.revision, yours: { ...parts }, saved: { ...fullPlan.parts } });
      fullPlan.parts = parts;
      fullPlan.editedBy = person.id;
      fullPlan.editedAt = council.clock.now();
      await em.flush();
      return fullPlan;
    });
  }
}

/** Whether this person may write the parts of the full plan now. */
export function mayWriteFullPlan(person: SignedInPerson, { plan }: PlanInCycle, mayEdit: boolean): boolean {
  return mayEdit && person.councilId === plan.councilId && plan.fullPlan !== 'complete' && !isOver(plan) && plan.cycleId !== null;
}

/** A council with work for many: the demonstration with more plans on their way, each with a leader of its own. */
import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { createApiToken } from '../../libs/database/api-tokens.js';
import { Person, RoleGrant } from '../../libs/database/entities/people.js';
import { Cycle, FullPlanDraft, Plan, PlanDraft } from '../../libs/database/entities/plans.js';
import { Message } from '../../libs/database/entities/tasks.js';
import { FULL_PLAN_PARTS, type FullPlanParts } from '../../libs/domain/business-plan.js';
import { beginning } from '../../libs/domain/route.js';
import type { planApproval } from '../../workflows/plan-approval.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import type { Product } from '../support/product.js';
import { councilId, slug as seedSlug, until, year } from '../support/running-council.js';

/** A person and what they send as `Authorization: Bearer`. */
export interface Leader {
  id: string;
  token: string;
}

/** A plan that is with its leader, whose text is the seed's. */
export interface PlanAtWork {
  slug: string;
  leader: Leader;
}

/** Leaders of plans that are still to be added. */
export async function addLeaders({ orm }: Product, count: number): Promise<Leader[]> {
  const em = orm.em.fork();
  const leaders: Leader[] = [];
  for (let number = 1; number <= count; number += 1) {
    const id = randomUUID();
    const name = `Leader ${number}`;
    em.persist(em.create(Person, { id, councilId, name, email: `leader.${id}@broxtowe.example`, jobTitle: name }));
    const token = await createApiToken(em, { councilId, personId: id, name: 'benchmark', createdAt: new Date(), expiresAt: null });
    leaders.push({ id, token });
  }
  return leaders;
}

/**
 * Adds plans to the cycle that is open, one for each leader given, and starts each on its way as the cycle would.
 * @returns the plans once every one is with its leader, and the e-mails about that have left
 */
export async function addPlans(product: Product, leaders: readonly Leader[]): Promise<PlanAtWork[]> {
  await until(async () => (await product.orm.em.fork().findOne(Plan, { councilId, year, slug: seedSlug }))?.at === 'drafting');
  const { route } = await product.orm.em.fork().findOneOrFail(Cycle, { councilId, year });
  const added = await product.orm.em.fork().transactional((em) => writePlans(em, leaders));
  await Promise.all(
    added.map(({ planId, slug }) =>
      product.temporal.workflow.start<typeof planApproval>('planApproval', {
        workflowId: planWorkflowId(councilId, year, slug),
        taskQueue: 'plancycle',
        args: [{ councilId, planId, route, state: beginning }],
      }),
    ),
  );
  const ids = added.map(({ planId }) => planId);
  await until(async () => (await product.orm.em.fork().count(Plan, { id: { $in: ids }, at: 'opening' })) === 0);
  await mailHasLeft(product);
  return added;
}

async function writePlans(em: EntityManager, leaders: readonly Leader[]): Promise<(PlanAtWork & { planId: string })[]> {
  const seed = await em.findOneOrFail(Plan, { councilId, year, slug: seedSlug });
  const { content, rolledFrom } = await em.findOneOrFail(PlanDraft, seed.id);
  const parts = Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, 'As last year.'])) as FullPlanParts;
  const { since: at, cycleId } = seed;
  return leaders.map((leader) => {
    const planId = randomUUID();
    const slug = `plan-${planId.slice(0, 8)}`;
    em.persist(em.create(Plan, { ...beginning, id: planId, councilId, year, slug, title: `Business Plan ${slug}`, cycleId, since: at }));
    em.persist(em.create(PlanDraft, { planId, content, rolledFrom, editedRows: [], editedAt: at }));
    em.persist(em.create(FullPlanDraft, { planId, parts, editedAt: at }));
    for (const role of ['priority-leader', 'head-of-service'] as const)
      em.persist(em.create(RoleGrant, { id: randomUUID(), councilId, personId: leader.id, role, scope: slug }));
    return { planId, slug, leader };
  });
}

/** Waits until no e-mail is queued but the digests of the next morning, so that the sending of earlier ones does not fall into what is measured next. */
export async function mailHasLeft({ orm }: Product): Promise<void> {
  await until(async () => (await orm.em.fork().count(Message, { status: 'queued', digestOn: null })) === 0);
}

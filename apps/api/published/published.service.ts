/** What everyone may read: published plans, and plans that were imported from the papers of a public meeting. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Plan, PlanVersion } from '../../../libs/database/entities/plans.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { Councils } from '../councils.js';

/** A submitted draft is not public, whatever its number. */
const PUBLIC_ORIGINS: PlanVersion['origin'][] = ['published', 'imported'];

export interface PublicPlan {
  councilName: string;
  plan: Plan;
  version: PlanVersion;
  /** Every public version, newest first, without its text. */
  versions: PlanVersion[];
}

@Injectable()
export class PublishedPlans {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
  ) {}

  /**
   * The plans of a council that are public, the latest year first.
   * @throws DomainError 'not-found' for a council that is not here
   */
  async all(councilId: string): Promise<{ councilName: string; plans: Plan[] }> {
    const { name } = await this.councils.byId(councilId);
    const em = this.em.fork();
    const plans = await em.find(Plan, { councilId }, { orderBy: { year: 'desc', title: 'asc' } });
    const versions = await em.find(
      PlanVersion,
      { planId: { $in: plans.map(({ id }) => id) }, origin: { $in: PUBLIC_ORIGINS } },
      { fields: ['planId'] },
    );
    const open = new Set(versions.map(({ planId }) => planId));
    return { councilName: name, plans: plans.filter(({ id }) => open.has(id)) };
  }

  /**
   * A plan's latest public version, or the one of this number.
   * @throws DomainError 'not-found', the same whether there is no such plan or it is not public yet
   */
  async one(councilId: string, year: string, slug: string, number?: number): Promise<PublicPlan> {
    const { name: councilName } = await this.councils.byId(councilId);
    const em = this.em.fork();
    const plan = await em.findOne(Plan, { councilId, year, slug });
    const where = { planId: plan?.id ?? '', origin: { $in: PUBLIC_ORIGINS } };
    const versions = plan ? await em.find(PlanVersion, where, { orderBy: { number: 'desc' } }) : [];
    const chosen = number === undefined ? versions[0] : versions.find((version) => version.number === number);
    if (!plan || !chosen)
      throw new DomainError('not-found', 'No plan has been published at this address, or it has not been published yet.');
    const version = await em.findOneOrFail(PlanVersion, chosen.id, { populate: ['content'] });
    return { councilName, plan, version, versions };
  }
}

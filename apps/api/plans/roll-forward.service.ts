/** What next year's draft would look like, made anew whenever somebody looks: nothing of it is written. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Cycle, Plan, PlanDraft, type PlanVersion } from '../../../libs/database/entities/plans.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearFromId, financialYearId, firstDay, lastDay, nextYear, previousYear } from '../../../libs/domain/financial-year.js';
import { rollForward, type RolledForward } from '../../../libs/domain/roll-forward.js';
import type { SignedInPerson } from '../access/policies.js';
import { Councils } from '../councils.js';
import { PlanReader, type PlanAddress } from './plan-reader.js';

export interface RollForwardPreview {
  plan: Plan;
  /** The year that next year's plan begins in, '2026/27'. */
  to: string;
  /** The version that would be rolled forward; null where none has been approved or imported yet. */
  version: PlanVersion | null;
  rolled: RolledForward | null;
  /** Why the version cannot be rolled forward, for people; null if it can. */
  refusal: string | null;
  /** Next year's plan, once there is one, with the version that it was rolled forward from. */
  next: { plan: Plan; fromVersion: number | null } | null;
  /** The day on which the cycle for that year opens. */
  opensOn: string;
}

@Injectable()
export class RollForwardPreviews {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
    private readonly councils: Councils,
  ) {}

  /** @throws DomainError 'not-found' */
  async preview(person: SignedInPerson, address: PlanAddress): Promise<RollForwardPreview> {
    const { plan } = await this.plans.byAddress(person.councilId, address);
    const to = nextYear(financialYearFromId(plan.year));
    const version = await this.versionOf(plan);
    const [next, opensOn] = await Promise.all([this.next(plan, to), this.opening(plan.councilId, to)]);
    return { plan, to, version, next, opensOn, ...rolledOrRefused(version, to) };
  }

  /** What the cycle's opening takes: the published or imported text; before publication, what has been approved. */
  private async versionOf(plan: Plan): Promise<PlanVersion | null> {
    const made = await this.plans.latest(plan.id, ['published', 'imported']);
    if (made || plan.at !== 'publication') return made;
    return this.plans.latest(plan.id, ['submitted']);
  }

  private async next({ councilId, slug }: Plan, to: string): Promise<RollForwardPreview['next']> {
    const em = this.em.fork();
    const plan = await em.findOne(Plan, { councilId, slug, year: financialYearId(to) });
    if (!plan) return null;
    const draft = await em.findOne(PlanDraft, plan.id, { fields: ['rolledFrom'] });
    return { plan, fromVersion: draft?.rolledFrom?.versionNumber ?? null };
  }

  private async opening(councilId: string, to: string): Promise<string> {
    const cycle = await this.em.fork().findOne(Cycle, { councilId, year: financialYearId(to) });
    if (cycle) return cycle.dates.cycleOpens;
    const { calendar, settings } = await this.councils.byId(councilId);
    const [before, day] = [previousYear(to), settings.timetable.cycleOpens];
    return calendar.nextWorkingDay(`${(day < '04-01' ? lastDay(before) : firstDay(before)).slice(0, 4)}-${day}`);
  }
}

function rolledOrRefused(version: PlanVersion | null, to: string): Pick<RollForwardPreview, 'rolled' | 'refusal'> {
  if (!version) return { rolled: null, refusal: null };
  try {
    return { rolled: rollForward(version.content, { to }), refusal: null };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return { rolled: null, refusal: error.message };
    throw error;
  }
}

/** Which texts of a plan a person may compare: its versions, its draft for whoever writes it, and last year's plan that it came from. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PlanDraft, type Plan } from '../../../libs/database/entities/plans.js';
import { extractOf, type BusinessPlan } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { financialYearFromId } from '../../../libs/domain/financial-year.js';
import { rollForward } from '../../../libs/domain/roll-forward.js';
import type { SignedInPerson } from '../access/policies.js';
import { inheritedText, mayDraft } from './draft-editor.service.js';
import { PlanReader, type PlanAddress } from './plan-reader.js';

/** One text to choose: its id is what stands in the page's address. */
export interface ComparedText {
  /** A version's number, 'draft', 'start' (last year's plan as it was rolled forward) or 'last-year'. */
  id: string;
  title: string;
}

@Injectable()
export class ComparedTexts {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
  ) {}

  /**
   * The texts of a plan, newest first.
   * @throws DomainError 'not-found'
   */
  async choices(person: SignedInPerson, address: PlanAddress): Promise<{ plan: Plan; choices: ComparedText[] }> {
    const found = await this.plans.byAddress(person.councilId, address);
    const { versions } = await this.plans.record(found);
    const draft = await this.em.fork().findOne(PlanDraft, found.plan.id, { fields: ['rolledFrom'] });
    const ownDraft = draft && mayDraft(person, found) ? [{ id: 'draft', title: 'The draft as it stands' }] : [];
    const before = draft?.rolledFrom
      ? [
          { id: 'start', title: 'Last year’s plan as it was rolled forward' },
          { id: 'last-year', title: 'Last year’s plan' },
        ]
      : [];
    const numbered = versions.map(({ number, origin }) => ({ id: String(number), title: `Version ${number} (${origin})` }));
    return { plan: found.plan, choices: [...ownDraft, ...numbered, ...before] };
  }

  /**
   * The content of one of the choices.
   * @throws DomainError 'not-found' for a text that there is not, or that this person does not see
   */
  async content(person: SignedInPerson, address: PlanAddress, id: string): Promise<BusinessPlan> {
    const found = await this.plans.byAddress(person.councilId, address);
    if (/^\d+$/.test(id)) return (await this.plans.version(found.plan.id, Number(id))).content;
    const em = this.em.fork();
    const draft = await em.findOne(PlanDraft, found.plan.id);
    if (draft && id === 'draft' && mayDraft(person, found)) return draft.content;
    const lastYear = draft ? await inheritedText(em, draft) : null;
    if (lastYear && id === 'last-year') return lastYear;
    if (lastYear && id === 'start') return rollForward(extractOf(lastYear), { to: financialYearFromId(found.plan.year) }).plan;
    throw new DomainError('not-found', 'The plan has no such text to compare. Choose two of those on the page.');
  }
}

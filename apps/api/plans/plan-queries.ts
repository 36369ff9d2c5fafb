/** The queries that a careful reader would raise about a plan's text, with the council's own settings behind the rules. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { MeasureSetting } from '../../../libs/database/entities/monitoring.js';
import { Post } from '../../../libs/database/entities/people.js';
import { PlanDraft } from '../../../libs/database/entities/plans.js';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { errorsBroughtIn, tracedFindings, type TracedFinding } from '../../../libs/domain/errors-brought-in.js';
import type { Finding, RuleSettings } from '../../../libs/domain/finding.js';
import { DEFAULT_SETTINGS } from '../../../libs/domain/findings.js';
import { inheritedText } from './draft-editor.service.js';

@Injectable()
export class PlanQueries {
  constructor(private readonly em: EntityManager) {}

  /** The queries of a text, those that the year before had already marked as inherited. */
  async of(councilId: string, content: BusinessPlan, inherited: BusinessPlan | null): Promise<TracedFinding[]> {
    return tracedFindings(content, inherited, await this.settings(councilId));
  }

  /** The errors that stop a submission unless they are accepted with a reason: exactly those that the record will find. */
  errorsBroughtIn(content: BusinessPlan, inherited: BusinessPlan | null): Finding[] {
    return errorsBroughtIn(content, inherited);
  }

  /** The text of the year before that a plan was rolled forward from; null if there is none. */
  async inherited(planId: string): Promise<BusinessPlan | null> {
    const em = this.em.fork();
    const draft = await em.findOne(PlanDraft, planId);
    return draft ? inheritedText(em, draft) : null;
  }

  private async settings(councilId: string): Promise<RuleSettings> {
    const em = this.em.fork();
    const [register, measures] = await Promise.all([em.find(Post, { councilId }), em.find(MeasureSetting, { councilId })]);
    return { ...DEFAULT_SETTINGS, register, measures: measures.map(({ settings }) => settings) };
  }
}

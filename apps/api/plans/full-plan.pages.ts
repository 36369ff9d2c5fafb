/** The page on which the parts of the full plan are written and signed off. */
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FULL_PLAN_PARTS, type FullPlanPart, type FullPlanParts } from '../../../libs/domain/business-plan.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { refusedForm } from '../tasks/step-form.js';
import { FullPlans, mayWriteFullPlan } from './full-plan.service.js';
import { partsOf } from './plan-document.js';
import { stepsFor } from './plan-reader.js';
import { PlanSteps } from './plan-steps.service.js';
import { text } from '../validation.js';
import { TEXT_LIMIT } from './plans.schemas.js';
import { StaleText } from './stale-save.js';

const partFields = Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, text(TEXT_LIMIT, 'The text')])) as Record<
  FullPlanPart,
  z.ZodString
>;
const fullPlanForm = z.object({
  ...partFields,
  revision: z.coerce.number().int(),
  action: z.enum(['save', 'sign-off']).default('save'),
  key: z.string().min(8).max(200),
});

@Controller('/plans/:year/:slug/full-plan')
@ApiExcludeController()
export class FullPlanPages {
  constructor(
    private readonly fullPlans: FullPlans,
    private readonly steps: PlanSteps,
  ) {}

  @Get()
  @Policy('plan.read')
  async show(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    return this.form(person, year, slug, {});
  }

  /** Signing off saves first, so that what is signed is what stands on the page. */
  @Post()
  @Policy('plan.edit')
  async save(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Body() body: Record<string, string>,
  ): Promise<Page | SeeOther> {
    const form = readForm(fullPlanForm, body);
    const typed = partsWritten(body);
    if (form.errors) return this.form(person, year, slug, { typed, errors: form.errors });
    try {
      const saved = await this.fullPlans.save(person, { year, slug }, typed, form.value.revision);
      if (form.value.action === 'save') return seeOther(`/plans/${year}/${slug}/full-plan`, 'The full plan has been saved.');
      await this.steps.take(person, { year, slug }, { step: 'complete', draftRevision: saved.revision }, form.value.key);
    } catch (error) {
      const { status, errors } = refusedForm(error);
      const saved = error instanceof StaleText ? error.conflict.saved : undefined;
      return this.form(person, year, slug, { typed, saved, errors }, status);
    }
    return seeOther(`/plans/${year}/${slug}`, 'The full plan has been signed off.');
  }

  private async form(
    person: SignedInPerson,
    year: string,
    slug: string,
    { typed, saved, errors = [] }: { typed?: FullPlanParts; saved?: Record<string, string> | undefined; errors?: FormError[] },
    status?: number,
  ): Promise<Page> {
    const found = await this.fullPlans.open(person.councilId, { year, slug });
    const { plan, cycle, fullPlan } = found;
    const parts = partsOf(typed ?? fullPlan.parts).map((part) => {
      const other = saved?.[part.name];
      return { ...part, saved: other !== undefined && other !== part.text ? other : null };
    });
    const model = {
      title: `Complete the full plan`,
      errors: saved ? parts.filter((part) => part.saved !== null).map(staleError) : errors,
      plan,
      dates: cycle?.dates,
      parts,
      isStale: saved !== undefined,
      revision: fullPlan.revision,
      signedOffAt: fullPlan.signedOffAt,
      mayWrite: mayWriteFullPlan(person, found, may('plan.edit', person, slug)),
      maySignOff: stepsFor(person, found).some(({ step }) => step === 'complete'),
      key: randomUUID(),
    };
    return status ? page('plans/full-plan.njk', model, status) : page('plans/full-plan.njk', model);
  }
}

function staleError({ name, title }: { name: string; title: string }): FormError {
  return { field: name, text: `Somebody changed “${title}” after you opened this page. Choose which text to keep` };
}

function partsWritten(body: Record<string, string> | null): FullPlanParts {
  const written = (part: FullPlanPart): string => (typeof body?.[part] === 'string' ? body[part].replaceAll('\r\n', '\n') : '');
  return Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, written(part)])) as FullPlanParts;
}

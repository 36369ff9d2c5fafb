/** The pages about plans: all of them, one with where it stands and its history, and the text of a version. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { Cycle } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { CurrentPerson } from '../access/current-person.js';
import { may, type SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { page, seeOther, type FormError, type Page, type SeeOther } from '../rendering/page.js';
import { readForm } from '../rendering/read-form.js';
import { askedBy, refusedForm, stepForm } from '../tasks/step-form.js';
import { DOWNLOADS } from './download.js';
import { mayDraft } from './draft-editor.service.js';
import { mayWriteFullPlan } from './full-plan.service.js';
import { documentOf, partsOf } from './plan-document.js';
import { PlanOrigins } from './plan-origins.js';
import { PlanReader, roleAt, standsAt, stepsFor, stopsOf } from './plan-reader.js';
import { PlanSteps } from './plan-steps.service.js';

@Controller()
@ApiExcludeController()
export class PlansPages {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
    private readonly steps: PlanSteps,
    private readonly origins: PlanOrigins,
  ) {}

  @Get('/plans')
  @Policy('plan.read')
  async list(@CurrentPerson() { councilId }: SignedInPerson): Promise<Page> {
    const [plans, cycles] = await Promise.all([this.plans.all(councilId), this.em.fork().find(Cycle, { councilId })]);
    const found = plans.map((plan) => ({ plan, cycle: cycles.find(({ id }) => id === plan.cycleId) ?? null }));
    const years = [...new Set(plans.map(({ year }) => year))];
    return page('plans/list.njk', {
      title: 'Plans',
      years: years.map((year) => ({
        year,
        hasCycle: cycles.some((cycle) => cycle.year === year),
        plans: found.filter(({ plan }) => plan.year === year).map((one) => ({ ...one.plan, standsAt: standsAt(one), role: roleAt(one) })),
      })),
    });
  }

  @Get('/plans/:year/:slug')
  @Policy('plan.read')
  async show(@CurrentPerson() person: SignedInPerson, @Param('year') year: string, @Param('slug') slug: string): Promise<Page> {
    return this.planPage(person, year, slug, []);
  }

  /** Giving a plan up stands apart from the tasks: nobody is asked for it. */
  @Post('/plans/:year/:slug')
  @Policy('plan.step')
  async giveUp(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const form = readForm(stepForm, body);
    const typed = reasonIn(body);
    if (form.errors) return this.planPage(person, year, slug, form.errors, { typed });
    try {
      const { key, asked } = askedBy({ ...form.value, step: 'give-up' });
      await this.steps.take(person, { year, slug }, asked, key);
    } catch (error) {
      const { status, errors } = refusedForm(error);
      return this.planPage(person, year, slug, errors, { typed, status });
    }
    return seeOther(`/plans/${year}/${slug}`, 'The plan has been given up.');
  }

  @Get('/plans/:year/:slug/versions/:number')
  @Policy('plan.read')
  async version(
    @CurrentPerson() person: SignedInPerson,
    @Param('year') year: string,
    @Param('slug') slug: string,
    @Param('number') number: string,
  ): Promise<Page> {
    const { plan } = await this.plans.byAddress(person.councilId, { year, slug });
    const version = await this.plans.version(plan.id, Number(number));
    return page('plans/version.njk', {
      title: version.content.title || plan.title,
      wide: true,
      plan,
      version,
      sections: documentOf(version.content, { origins: await this.origins.of(plan, version.content) }),
      parts: version.content.fullPlan ? partsOf(version.content.fullPlan) : [],
      downloads: DOWNLOADS,
    });
  }

  private async planPage(
    person: SignedInPerson,
    year: string,
    slug: string,
    errors: FormError[],
    { typed = '', status }: { typed?: string; status?: number } = {},
  ): Promise<Page> {
    const found = await this.plans.byAddress(person.councilId, { year, slug });
    const record = await this.plans.record(found);
    const tasks = await this.em.fork().find(Task, { planId: found.plan.id, closedAt: null }, { orderBy: { openedAt: 'asc' } });
    const isPublic = record.versions.some(({ origin }) => origin !== 'submitted');
    const model = {
      ...record,
      title: found.plan.title,
      errors,
      typed,
      standsAt: standsAt(found),
      stops: stopsOf(found),
      tasks,
      isPublic,
      mayDraft: mayDraft(person, found) && found.plan.at === found.cycle?.route.stages[0]?.id,
      mayWriteFullPlan: mayWriteFullPlan(person, found, may('plan.edit', person, slug)),
      mayGiveUp: stepsFor(person, found).some(({ step }) => step === 'give-up'),
      key: randomUUID(),
    };
    return status ? page('plans/plan.njk', model, status) : page('plans/plan.njk', model);
  }
}

/** What somebody typed as the reason, to be shown again where it is refused. */
function reasonIn(body: unknown): string {
  const { reason } = (body ?? {}) as { reason?: unknown };
  return typeof reason === 'string' ? reason : '';
}

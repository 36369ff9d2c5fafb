/** Plans for programs: reading them, and taking the steps of their way. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Cycle, FullPlanDraft, PlanDraft } from '../../../libs/database/entities/plans.js';
import type { StepAnswer } from '../../../workflows/activity-contract.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from './conditions.js';
import { fullVersionJson, planJson, summaryJson } from './plan-json.js';
import { PlanReader, stepsFor } from './plan-reader.js';
import { PlanSteps, type StepAsked } from './plan-steps.service.js';
import * as schemas from './plans.schemas.js';

@Controller('/api/v1/plans')
@ApiTags('Plans')
export class PlansController {
  constructor(
    private readonly em: EntityManager,
    private readonly plans: PlanReader,
    private readonly steps: PlanSteps,
  ) {}

  @Get()
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: schemas.planList })
  @Refusals(422)
  async list(
    @CurrentPerson() { councilId }: SignedInPerson,
    @Query({ schema: z.object({ year: schemas.yearParam.optional() }) }) { year }: { year?: string },
  ): Promise<z.infer<typeof schemas.planList>> {
    const [plans, cycles] = await Promise.all([this.plans.all(councilId, year), this.em.fork().find(Cycle, { councilId })]);
    return { plans: plans.map((plan) => summaryJson({ plan, cycle: cycles.find(({ id }) => id === plan.cycleId) ?? null })) };
  }

  @Get(':year/:slug')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: schemas.plan })
  @Refusals(404)
  async read(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
  ): Promise<z.infer<typeof schemas.plan>> {
    const found = await this.plans.byAddress(person.councilId, { year, slug });
    const em = this.em.fork();
    const [record, draft, fullPlan] = await Promise.all([
      this.plans.record(found),
      em.findOne(PlanDraft, found.plan.id, { fields: ['revision'] }),
      em.findOne(FullPlanDraft, found.plan.id, { fields: ['revision'] }),
    ]);
    const revisions = { draftRevision: draft?.revision ?? null, fullPlanRevision: fullPlan?.revision ?? null };
    return planJson(record, stepsFor(person, found), revisions);
  }

  @Get(':year/:slug/versions/:number')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: schemas.planVersion, headers: { ETag: { description: 'The fullHash of the version' } } })
  @Refusals(404, 422)
  async version(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('number', { schema: schemas.numberParam }) number: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.planVersion>> {
    const { plan } = await this.plans.byAddress(person.councilId, { year, slug });
    const version = await this.plans.version(plan.id, number);
    reply.header('etag', `"${version.fullHash}"`);
    return fullVersionJson(version);
  }

  @Post(':year/:slug/submissions')
  @HttpCode(200)
  @Policy('plan.step')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.stepAnswer })
  @Refusals(404, 409, 412, 422, 503)
  async submit(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.submission }) body: z.infer<typeof schemas.submission>,
  ): Promise<StepAnswer> {
    return this.take(person, year, slug, key, { step: 'submit', ...body });
  }

  @Post(':year/:slug/reviews')
  @HttpCode(200)
  @Policy('plan.step')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.stepAnswer })
  @Refusals(404, 409, 412, 422, 503)
  async review(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.review }) { outcome, ...body }: z.infer<typeof schemas.review>,
  ): Promise<StepAnswer> {
    return this.take(person, year, slug, key, { step: outcome, ...body });
  }

  @Post(':year/:slug/decisions')
  @HttpCode(200)
  @Policy('plan.step')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.stepAnswer })
  @Refusals(404, 409, 412, 422, 503)
  async decide(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.decision }) { outcome, ...body }: z.infer<typeof schemas.decision>,
  ): Promise<StepAnswer> {
    return this.take(person, year, slug, key, { step: outcome, ...body });
  }

  @Post(':year/:slug/completions')
  @HttpCode(200)
  @Policy('plan.step')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.stepAnswer })
  @Refusals(404, 409, 412, 422, 503)
  async complete(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.completion }) { fullPlanRevision }: z.infer<typeof schemas.completion>,
  ): Promise<StepAnswer> {
    return this.take(person, year, slug, key, { step: 'complete', draftRevision: fullPlanRevision });
  }

  @Post(':year/:slug/closures')
  @HttpCode(200)
  @Policy('plan.step')
  @CountsOnce()
  @ApiResponse({ status: 200, description: 'The plan is given up', standardSchema: schemas.stepAnswer })
  @Refusals(404, 409, 422, 503)
  async giveUp(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.closure }) body: z.infer<typeof schemas.closure>,
  ): Promise<StepAnswer> {
    return this.take(person, year, slug, key, { step: 'give-up', ...body });
  }

  private take(person: SignedInPerson, year: string, slug: string, key: string | undefined, asked: StepAsked): Promise<StepAnswer> {
    return this.steps.take(person, { year, slug }, asked, requiredKey(key));
  }
}

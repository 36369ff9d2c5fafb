/** A plan's queries for programs: reading them, accepting several with one reason, and withdrawing an acceptance. */
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RULES } from '../../../libs/domain/findings.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Acceptances, textCheck, type AcceptanceAnswer } from './acceptances.service.js';
import { CountsOnce, Refusals, requiredKey } from './conditions.js';
import { mayDraft } from './draft-editor.service.js';
import { PlanQueries, type PlanQuery } from './plan-queries.js';
import { PlanReader } from './plan-reader.js';
import * as schemas from './plans.schemas.js';

@Controller('/api/v1/plans/:year/:slug')
@ApiTags('Queries')
export class QueriesController {
  constructor(
    private readonly plans: PlanReader,
    private readonly queries: PlanQueries,
    private readonly acceptances: Acceptances,
  ) {}

  /** The queries of the draft while it is drafted, else of the newest version. */
  @Get('queries')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: schemas.planQueries })
  @Refusals(404)
  async read(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
  ): Promise<z.infer<typeof schemas.planQueries>> {
    const found = await this.plans.byAddress(person.councilId, { year, slug });
    const { draftRevision, versionNumber, queries } = await this.queries.now(found);
    const mayAccept = draftRevision !== null && mayDraft(person, found);
    return { draftRevision, versionNumber, mayAccept, queries: queries.map(asJson) };
  }

  @Post('acceptances')
  @Policy('plan.edit')
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: schemas.acceptanceAnswer })
  @ApiResponse({ status: 412, description: 'A query is on another text now, or was accepted meanwhile', standardSchema: schemas.problem })
  @Refusals(404, 409, 422)
  async accept(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.acceptanceRequest }) body: z.infer<typeof schemas.acceptanceRequest>,
  ): Promise<AcceptanceAnswer> {
    return this.acceptances.accept(person, { year, slug }, body, requiredKey(key));
  }

  @Delete('acceptances/:id')
  @HttpCode(204)
  @Policy('plan.edit')
  @ApiResponse({ status: 204, description: 'The acceptance is withdrawn; the record of it stays' })
  @Refusals(404, 409, 422)
  async withdraw(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    await this.acceptances.withdraw(person, { year, slug }, id);
  }
}

function asJson({
  rule,
  severity,
  rowId,
  column,
  code,
  message,
  inherited,
  text,
  state,
  acceptance,
}: PlanQuery): z.infer<typeof schemas.settledQuery> {
  return {
    ...{ rule, severity, rowId, column, code, message, inherited, text, state },
    title: RULES.find(({ name }) => name === rule)?.title ?? rule,
    textCheck: textCheck(text),
    acceptance: acceptance && {
      id: acceptance.id,
      reason: acceptance.reason,
      by: acceptance.by,
      at: acceptance.acceptedAt.toISOString(),
    },
  };
}

/** Chasing for programs: whoever has a plan, or still has updates of a quarter to give. */
import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { quarterInAddress, yearInAddress } from '../monitoring/monitoring.schemas.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { slugParam, yearParam } from '../plans/plans.schemas.js';
import { Chases } from './chases.service.js';
import * as schemas from './cycle.schemas.js';
import type { ChaseAnswer } from './write-chase.js';

@Controller('/api/v1')
@ApiTags('Chases')
@Policy('cycle.chase')
export class ChasesController {
  constructor(private readonly chases: Chases) {}

  /** Sends one urgent e-mail to each person who has the plan now. A second one on the same day has to be confirmed. */
  @Post('plans/:year/:slug/chases')
  @HttpCode(201)
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: schemas.chaseAnswer })
  @Refusals(404, 409, 422)
  async plan(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearParam }) year: string,
    @Param('slug', { schema: slugParam }) slug: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.planChase }) { again }: z.infer<typeof schemas.planChase>,
  ): Promise<ChaseAnswer> {
    return this.chases.plan(person, { year, slug }, { again, key: requiredKey(key) });
  }

  /** The same to each person who has not given their updates. */
  @Post('quarters/:year/:quarter/chases')
  @HttpCode(201)
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: schemas.chaseAnswer })
  @Refusals(404, 409, 422)
  async quarter(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearInAddress }) year: string,
    @Param('quarter', { schema: quarterInAddress }) quarter: number,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.quarterChase }) { again, post }: z.infer<typeof schemas.quarterChase>,
  ): Promise<ChaseAnswer> {
    return this.chases.quarter(person, year, quarter, post ?? null, { again, key: requiredKey(key) });
  }
}

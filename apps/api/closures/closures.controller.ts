/** The JSON of the council's closures and polling days. */
import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import * as schemas from './closures.schemas.js';
import { Closures } from './closures.service.js';

@Controller('/api/v1/closures')
@ApiTags('Meetings')
export class ClosuresController {
  constructor(private readonly closures: Closures) {}

  @Get()
  @Policy('cycle.read')
  @ApiResponse({ status: 200, standardSchema: schemas.days })
  @Refusals()
  async list(@CurrentPerson() person: SignedInPerson): Promise<z.infer<typeof schemas.days>> {
    const { closures, pollingDays, ordinaryElectionDay } = await this.closures.list(person);
    return { closures, pollingDays, ordinaryElectionDay };
  }

  /** Writes nothing. */
  @Post('preview')
  @HttpCode(200)
  @Policy('calendar.manage')
  @ApiResponse({ status: 200, standardSchema: schemas.preview })
  @Refusals(422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Body({ schema: schemas.change }) change: z.infer<typeof schemas.change>,
  ): Promise<z.infer<typeof schemas.preview>> {
    return this.closures.preview(person, change);
  }

  /**
   * Adds or removes a closure or a polling day, and moves every date that follows. With the preview's `previewHash` only what was
   * previewed is done: where anything else would follow by now the answer is 412.
   */
  @Post('changes')
  @HttpCode(200)
  @Policy('calendar.manage')
  @CountsOnce()
  @ApiResponse({ status: 200, standardSchema: schemas.changed })
  @Refusals(412, 422, 503)
  async change(
    @CurrentPerson() person: SignedInPerson,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.changeSeen }) { previewHash, ...change }: z.infer<typeof schemas.changeSeen>,
  ): Promise<z.infer<typeof schemas.changed>> {
    const { number } = await this.closures.change(person, change, requiredKey(key), previewHash);
    return { number };
  }
}

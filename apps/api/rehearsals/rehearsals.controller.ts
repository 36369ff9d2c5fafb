/** Rehearsals for programs: asking for one, how far it is, and what happened in it. */
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import * as schemas from './rehearsals.schemas.js';
import { Rehearsals, type ShownRehearsal } from './rehearsals.service.js';

@Controller('/api/v1/rehearsals')
@ApiTags('Rehearsals')
@Policy('rehearsal.run')
export class RehearsalsController {
  constructor(private readonly rehearsals: Rehearsals) {}

  /** Begins a rehearsal of the council as it is now, and goes on without the caller: ask at its address how far it is. */
  @Post()
  @HttpCode(202)
  @CountsOnce()
  @ApiResponse({ status: 202, standardSchema: schemas.rehearsal, headers: { Location: { schema: { type: 'string' } } } })
  @Refusals(404, 409, 422)
  async ask(
    @CurrentPerson() person: SignedInPerson,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.rehearsalWanted }) wanted: z.infer<typeof schemas.rehearsalWanted>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.rehearsal>> {
    const id = await this.rehearsals.ask(person, wanted, requiredKey(key));
    reply.header('location', `/api/v1/rehearsals/${id}`);
    return asJson(await this.rehearsals.one(person.councilId, id));
  }

  /** The latest first. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: schemas.rehearsalList })
  @Refusals()
  async list(@CurrentPerson() { councilId }: SignedInPerson): Promise<z.infer<typeof schemas.rehearsalList>> {
    return { rehearsals: (await this.rehearsals.all(councilId)).map(asJson) };
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: schemas.rehearsalWithEvents })
  @Refusals(404, 422)
  async read(
    @CurrentPerson() { councilId }: SignedInPerson,
    @Param('id', { schema: schemas.rehearsalId }) id: string,
    @Query({ schema: schemas.withEvents }) { events }: z.infer<typeof schemas.withEvents>,
  ): Promise<z.infer<typeof schemas.rehearsalWithEvents>> {
    const found = await this.rehearsals.one(councilId, id);
    const isTold = events === 'yes' && found.state === 'done';
    return { ...asJson(found), events: isTold ? await this.rehearsals.eventsOf(councilId, id) : null };
  }
}

function asJson({ rehearsal, state, askedBy, percent }: ShownRehearsal): z.infer<typeof schemas.rehearsal> {
  const { id, year, scenario, change = null, askedAt, reachedDay = null, failedBecause = null } = rehearsal;
  return {
    ...{ id, year, scenario, askedBy, askedAt: askedAt.toISOString(), state, reachedDay, percent, failedBecause },
    change: change && {
      ...{ meetingId: change.meetingId, body: change.body, from: change.from, kind: change.kind },
      ...{ to: change.to ?? null, businessOn: change.businessOn ?? null },
    },
  };
}

/** A plan's draft and the parts of its full plan for programs, and for the script that edits cells in place. */
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { PlanDraft } from '../../../libs/database/entities/plans.js';
import { findRow } from '../../../libs/domain/plan-tables.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { ChangesWhatWasSeen, Refusals, RefusesStale, requiredRevision } from './conditions.js';
import { DraftEditor } from './draft-editor.service.js';
import { FullPlans } from './full-plan.service.js';
import { queriesJson } from './plan-json.js';
import { PlanQueries } from './plan-queries.js';
import * as schemas from './plans.schemas.js';

@Controller('/api/v1/plans/:year/:slug')
@ApiTags('Drafts')
export class DraftController {
  constructor(
    private readonly editor: DraftEditor,
    private readonly fullPlans: FullPlans,
    private readonly queries: PlanQueries,
  ) {}

  @Get('draft')
  @Policy('plan.edit')
  @ApiResponse({ status: 200, standardSchema: schemas.draft, headers: { ETag: { description: 'The revision, for If-Match' } } })
  @Refusals(404, 409)
  async read(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.draft>> {
    const { draft, inherited } = await this.editor.open(person, { year, slug });
    setRevision(reply, draft.revision);
    const queries = await this.queries.ofDraft(person.councilId, draft.planId, draft.content, inherited);
    return { revision: draft.revision, editedRows: draft.editedRows, queries: queriesJson(queries), content: draft.content };
  }

  @Patch('draft/rows/:rowId')
  @Policy('plan.edit')
  @ChangesWhatWasSeen()
  @ApiResponse({ status: 200, standardSchema: schemas.savedRow })
  @RefusesStale()
  @Refusals(404, 409, 422)
  async changeRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('rowId', { schema: schemas.rowIdParam }) rowId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: schemas.rowChange }) { cells }: z.infer<typeof schemas.rowChange>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.savedRow>> {
    const revision = requiredRevision(ifMatch);
    const draft = await this.editor.saveRow(person, { year, slug }, rowId, cells, { revision });
    setRevision(reply, draft.revision);
    return this.savedRow(person, draft, rowId);
  }

  @Post('draft/rows')
  @Policy('plan.edit')
  @ApiResponse({ status: 201, standardSchema: schemas.savedRow })
  @Refusals(404, 409, 422)
  async addRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Body({ schema: schemas.newRow }) { table, cells, id }: z.infer<typeof schemas.newRow>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.savedRow>> {
    const { draft, row } = await this.editor.addRow(person, { year, slug }, table, cells, id);
    setRevision(reply, draft.revision);
    return this.savedRow(person, draft, row.id);
  }

  @Delete('draft/rows/:rowId')
  @HttpCode(204)
  @Policy('plan.edit')
  @ChangesWhatWasSeen()
  @ApiResponse({ status: 204, description: 'The row is removed' })
  @ApiResponse({ status: 412, description: 'The draft was changed after you saw it', standardSchema: schemas.problem })
  @Refusals(404, 409, 422)
  async removeRow(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('rowId', { schema: schemas.rowIdParam }) rowId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const draft = await this.editor.removeRow(person, { year, slug }, rowId, { revision: requiredRevision(ifMatch) });
    setRevision(reply, draft.revision);
  }

  @Get('full-plan')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: schemas.savedFullPlan, headers: { ETag: { description: 'The revision, for If-Match' } } })
  @Refusals(404)
  async readFullPlan(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.savedFullPlan>> {
    const { fullPlan } = await this.fullPlans.open(person.councilId, { year, slug });
    setRevision(reply, fullPlan.revision);
    return { revision: fullPlan.revision, parts: fullPlan.parts };
  }

  @Put('full-plan')
  @Policy('plan.edit')
  @ChangesWhatWasSeen()
  @ApiResponse({ status: 200, standardSchema: schemas.savedFullPlan })
  @RefusesStale()
  @Refusals(404, 409, 422)
  async writeFullPlan(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: schemas.fullPlanParts }) parts: z.infer<typeof schemas.fullPlanParts>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.savedFullPlan>> {
    const fullPlan = await this.fullPlans.save(person, { year, slug }, parts, requiredRevision(ifMatch));
    setRevision(reply, fullPlan.revision);
    return { revision: fullPlan.revision, parts: fullPlan.parts };
  }

  private async savedRow(person: SignedInPerson, draft: PlanDraft, rowId: string): Promise<z.infer<typeof schemas.savedRow>> {
    const row = findRow(draft.content, rowId)!.row;
    const inherited = await this.queries.inherited(draft.planId);
    const queries = await this.queries.ofDraft(person.councilId, draft.planId, draft.content, inherited);
    const ofRow = queries.filter((query) => query.rowId === rowId);
    return { revision: draft.revision, savedAt: draft.editedAt.toISOString(), row, queries: queriesJson(ofRow) };
  }
}

function setRevision(reply: FastifyReply, revision: number): void {
  reply.header('etag', `"${revision}"`);
}

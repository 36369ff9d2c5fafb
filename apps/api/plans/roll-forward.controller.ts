/** Rolling forward for programs: what next year's plan would hold, and where each cell of a row came from. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { BusinessPlan } from '../../../libs/domain/business-plan.js';
import { countPlan } from '../../../libs/domain/count-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { findRow } from '../../../libs/domain/plan-tables.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Refusals } from './conditions.js';
import { DraftEditor } from './draft-editor.service.js';
import { PlanOrigins, toldOrigins } from './plan-origins.js';
import { PlanReader, type PlanInCycle } from './plan-reader.js';
import * as schemas from './plans.schemas.js';
import { RollForwardPreviews } from './roll-forward.service.js';

const place = { rowId: z.string().nullable(), code: z.string().nullable(), column: z.string().nullable() };
const counts = z.record(z.string(), z.int());

const preview = z
  .object({
    from: z.string(),
    to: z.string(),
    versionNumber: z.int().meta({ description: 'The version that is rolled forward.' }),
    opensOn: z.string().meta({ description: 'The day on which the cycle opens and does it.' }),
    nextPlan: z.object({ year: z.string(), slug: z.string() }).nullable().meta({ description: 'Next year’s plan, once there is one.' }),
    changes: z.array(z.object({ kind: z.string(), table: z.string().nullable(), ...place, sentence: z.string() })),
    counts: z.object({ before: counts, after: counts }),
    plan: schemas.content,
  })
  .meta({ id: 'RollForwardPreview', description: 'What next year’s draft would hold; nothing is written.' });

const rowOrigins = z
  .object({
    rowId: z.string(),
    source: z.object({ year: z.string(), slug: z.string(), versionNumber: z.int() }).nullable(),
    origins: z.array(
      z.object({
        column: z.string(),
        kind: z.enum(['carried', 'proposed', 'blank', 'written', 'added', 'imported']),
        from: z.string().nullable().meta({ description: 'The column of last year’s plan that the text came from.' }),
        before: z.string().nullable().meta({ description: 'What stood there before somebody wrote it.' }),
        line: z.int().nullable().meta({ description: 'The line of the file that it was read from.' }),
        sentence: z.string(),
      }),
    ),
  })
  .meta({ id: 'RowOrigins', description: 'Where each cell of a row came from.' });

@Controller('/api/v1/plans/:year/:slug')
@ApiTags('Rolling forward')
export class RollForwardController {
  constructor(
    private readonly previews: RollForwardPreviews,
    private readonly editor: DraftEditor,
    private readonly plans: PlanReader,
    private readonly origins: PlanOrigins,
  ) {}

  @Get('roll-forward')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: preview })
  @Refusals(404, 409, 422)
  async preview(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
  ): Promise<z.infer<typeof preview>> {
    const { to, version, rolled, refusal, next, opensOn } = await this.previews.preview(person, { year, slug });
    if (!version) throw new DomainError('not-now', 'This plan has no approved version yet, so there is nothing to roll forward.');
    if (!rolled) throw new DomainError('invalid', refusal ?? '');
    return {
      from: rolled.from,
      to,
      versionNumber: version.number,
      opensOn,
      nextPlan: next ? { year: next.plan.year, slug: next.plan.slug } : null,
      changes: rolled.changes,
      counts: { before: { ...countPlan(version.content) }, after: { ...countPlan(rolled.plan) } },
      plan: rolled.plan,
    };
  }

  @Get('draft/rows/:rowId/origins')
  @Policy('plan.edit')
  @ApiResponse({ status: 200, standardSchema: rowOrigins })
  @Refusals(404, 409)
  async originsInDraft(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('rowId', { schema: schemas.rowIdParam }) rowId: string,
  ): Promise<z.infer<typeof rowOrigins>> {
    const { plan, draft } = await this.editor.open(person, { year, slug });
    return this.originsOf(plan, draft.content, rowId);
  }

  @Get('versions/:number/rows/:rowId/origins')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: rowOrigins })
  @Refusals(404, 422)
  async originsInVersion(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: schemas.yearParam }) year: string,
    @Param('slug', { schema: schemas.slugParam }) slug: string,
    @Param('number', { schema: schemas.numberParam }) number: number,
    @Param('rowId', { schema: schemas.rowIdParam }) rowId: string,
  ): Promise<z.infer<typeof rowOrigins>> {
    const { plan } = await this.plans.byAddress(person.councilId, { year, slug });
    return this.originsOf(plan, (await this.plans.version(plan.id, number)).content, rowId);
  }

  private async originsOf(plan: PlanInCycle['plan'], content: BusinessPlan, rowId: string): Promise<z.infer<typeof rowOrigins>> {
    const found = findRow(content, rowId);
    if (!found) throw new DomainError('not-found', 'The plan has no such row.');
    const origins = await this.origins.of(plan, content);
    const { source } = origins;
    return {
      rowId,
      source: source && { year: source.year, slug: source.slug, versionNumber: source.versionNumber },
      origins: toldOrigins(origins, found.table, rowId).map(({ column, origin, sentence }) => ({
        ...{ column, kind: origin.kind, sentence },
        from: 'column' in origin ? origin.column : null,
        before: 'before' in origin ? origin.before : null,
        line: 'line' in origin ? origin.line : null,
      })),
    };
  }
}

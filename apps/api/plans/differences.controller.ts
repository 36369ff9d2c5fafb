/** The differences between two texts of a plan for programs. */
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { differencesAsJson, MEANINGS, type DifferenceInJson } from '../../../libs/domain/differences/difference.js';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { ComparedTexts } from './compared-texts.js';
import { Refusals } from './conditions.js';
import { PlanDifferences } from './plan-differences.js';
import { slugParam, yearParam } from './plans.schemas.js';

const textId = z
  .string()
  .regex(/^(?:\d{1,6}|draft|start|last-year)$/, 'Give a version’s number, “draft”, “start” or “last-year”.')
  .meta({ description: "A version's number; 'draft' as it stands; 'start', last year's plan as it was rolled forward; 'last-year'." });
const query = z.object({ from: textId, to: textId });

const difference = z
  .object({
    kind: z.enum(['added', 'removed', 'changed', 'moved']),
    table: z.enum(['csi', 'kpi', 'actions', 'budget', 'text']),
    code: z.string().nullable(),
    field: z.string().nullable().meta({ description: 'null for a whole row.' }),
    before: z.string().nullable(),
    after: z.string().nullable(),
    meaning: z.enum(MEANINGS).nullable(),
  })
  .meta({ id: 'Difference' });
const differenceList = z.object({ differences: z.array(difference) }).meta({ id: 'Differences' });

@Controller('/api/v1/plans')
@ApiTags('Plans')
export class DifferencesController {
  constructor(
    private readonly texts: ComparedTexts,
    private readonly differences: PlanDifferences,
  ) {}

  @Get(':year/:slug/differences')
  @Policy('plan.read')
  @ApiResponse({ status: 200, standardSchema: differenceList })
  @Refusals(404, 422)
  async between(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearParam }) year: string,
    @Param('slug', { schema: slugParam }) slug: string,
    @Query({ schema: query }) { from, to }: z.infer<typeof query>,
  ): Promise<{ differences: DifferenceInJson[] }> {
    const [before, after] = [await this.texts.content(person, { year, slug }, from), await this.texts.content(person, { year, slug }, to)];
    return differencesAsJson(await this.differences.between(person.councilId, before, after));
  }
}

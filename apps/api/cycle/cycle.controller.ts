/** The cycle of a year for programs: its dates and where every plan stands. */
import { Controller, Get, Param } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Refusals } from '../plans/conditions.js';
import { summaryJson } from '../plans/plan-json.js';
import { planSummary, yearParam } from '../plans/plans.schemas.js';
import { Boards } from './board.service.js';

const stage = z.object({ id: z.string(), title: z.string(), power: z.string(), role: z.string() });
const cycle = z
  .object({
    year: z.string(),
    status: z.enum(['open', 'ended']),
    route: z.object({ id: z.string(), version: z.int(), stages: z.array(stage) }),
    dates: z.record(z.string(), z.string().nullable()).meta({ description: 'The approval timetable, each date YYYY-MM-DD.' }),
    plans: z.array(planSummary.extend({ heldBy: z.array(z.string()), dueOn: z.iso.date().nullable(), isLate: z.boolean() })),
  })
  .meta({ id: 'Cycle' });

@Controller('/api/v1/cycles')
@ApiTags('Cycles')
export class CycleController {
  constructor(private readonly boards: Boards) {}

  @Get(':year')
  @Policy('cycle.read')
  @ApiResponse({ status: 200, standardSchema: cycle })
  @Refusals(404)
  async read(
    @CurrentPerson() { councilId }: SignedInPerson,
    @Param('year', { schema: yearParam }) year: string,
  ): Promise<z.infer<typeof cycle>> {
    const board = await this.boards.of(councilId, year);
    const { route, dates, status } = board.cycle;
    return {
      year,
      status,
      route: { ...route, stages: route.stages.map(({ id, title, power, role }) => ({ id, title, power, role })) },
      dates: { ...dates },
      plans: board.plans.map(({ plan, heldBy, dueOn, isLate }) => ({
        ...summaryJson({ plan, cycle: board.cycle }),
        heldBy,
        dueOn,
        isLate,
      })),
    };
  }
}

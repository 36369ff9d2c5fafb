/** A person's tasks for programs. */
import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { Refusals } from '../plans/conditions.js';
import { Tasks } from './tasks.service.js';

const task = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    title: z.string(),
    plan: z.object({ year: z.string(), slug: z.string(), title: z.string() }).nullable(),
    quarter: z.object({ year: z.string(), quarter: z.int() }).nullable(),
    round: z.int(),
    dueOn: z.iso.date().nullable(),
    isLate: z.boolean(),
    openedAt: z.iso.datetime(),
    onBehalfOf: z.string().nullable().meta({ description: 'Whose it is, where one stands in for them.' }),
    isUnattended: z.boolean().meta({ description: 'Nobody is there for it: the performance team arranges who does it.' }),
    page: z.string().meta({ description: 'The page on which it is done.' }),
  })
  .meta({ id: 'Task' });
const taskList = z.object({ tasks: z.array(task) }).meta({ id: 'TaskList' });

@Controller('/api/v1/tasks')
@ApiTags('Tasks')
export class TasksController {
  constructor(private readonly tasks: Tasks) {}

  @Get()
  @Policy('task.read')
  @ApiResponse({ status: 200, standardSchema: taskList })
  @Refusals()
  async mine(@CurrentPerson() person: SignedInPerson): Promise<z.infer<typeof taskList>> {
    const mine = await this.tasks.mine(person);
    return {
      tasks: mine.map(({ task: { id, kind, round, dueOn, openedAt }, title, href, plan, quarter, isLate, onBehalfOf, isUnattended }) => ({
        ...{ id, kind, title, round, dueOn: dueOn ?? null, isLate, openedAt: openedAt.toISOString(), page: href },
        ...{ onBehalfOf, isUnattended },
        plan: plan && { year: plan.year, slug: plan.slug, title: plan.title },
        quarter: quarter && { year: quarter.year, quarter: quarter.quarter },
      })),
    };
  }
}

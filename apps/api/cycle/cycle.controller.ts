/** The cycle of a year for programs: its dates, where every plan stands and on what course, and answering its alarms. */
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPerson } from '../access/current-person.js';
import type { SignedInPerson } from '../access/policies.js';
import { Policy } from '../access/policy.decorator.js';
import { CountsOnce, Refusals, requiredKey } from '../plans/conditions.js';
import { summaryJson } from '../plans/plan-json.js';
import { yearParam } from '../plans/plans.schemas.js';
import { Boards, type BoardRow, type FullPlanWith } from './board.service.js';
import * as schemas from './cycle.schemas.js';
import { GuardAnswers } from './guard-answers.service.js';

type CycleJson = z.infer<typeof schemas.cycle>;

@Controller('/api/v1/cycles')
@ApiTags('Cycles')
export class CycleController {
  constructor(
    private readonly boards: Boards,
    private readonly guard: GuardAnswers,
  ) {}

  /** The plans come in the order of their urgency. */
  @Get(':year')
  @Policy('cycle.read')
  @ApiResponse({ status: 200, standardSchema: schemas.cycle })
  @Refusals(404)
  async read(@CurrentPerson() { councilId }: SignedInPerson, @Param('year', { schema: yearParam }) year: string): Promise<CycleJson> {
    const { cycle, plans } = await this.boards.of(councilId, year);
    const { route, dates, status } = cycle;
    return {
      year,
      status,
      route: { ...route, stages: route.stages.map(({ id, title, power, role }) => ({ id, title, power, role })) },
      dates: { ...dates },
      plans: plans.map((row) => ({ ...summaryJson({ plan: row.plan, cycle }), ...rowJson(row) })),
    };
  }

  @Get(':year/guard')
  @Policy('guard.answer')
  @ApiResponse({ status: 200, standardSchema: schemas.guardQuestions })
  @Refusals(404)
  async questions(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearParam }) year: string,
  ): Promise<z.infer<typeof schemas.guardQuestions>> {
    const { questions } = await this.guard.questions(person, year);
    return {
      plans: questions.map(({ plan: { slug, title }, course, reason, latestAction, answer, meetings }) => ({
        ...{ slug, title, course, reason, latestAction, answeredUntil: answer?.holdsUntil ?? null },
        meetings: meetings.map(({ meeting: { id, body, date }, agenda }) => ({ id, body, date, agenda })),
      })),
    };
  }

  /** Answers the alarm for one plan or several; deadlines and running timers follow. */
  @Post(':year/guard-answers')
  @HttpCode(201)
  @Policy('guard.answer')
  @CountsOnce()
  @ApiResponse({ status: 201, standardSchema: schemas.recordedAnswer })
  @Refusals(404, 409, 422, 503)
  async answer(
    @CurrentPerson() person: SignedInPerson,
    @Param('year', { schema: yearParam }) year: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: schemas.guardAnswer }) { plans, kind, meetingId, until, reason }: z.infer<typeof schemas.guardAnswer>,
  ): Promise<z.infer<typeof schemas.recordedAnswer>> {
    const asked = { plans, kind, ...(meetingId ? { meetingId } : {}), ...(until ? { until } : {}), ...(reason ? { reason } : {}) };
    return this.guard.answer(person, year, asked, requiredKey(key));
  }
}

function rowJson({
  heldBy,
  dueOn,
  isLate,
  fullPlanWith,
  course,
  reason,
  latestAction,
  answer,
  chased,
}: BoardRow): Omit<CycleJson['plans'][number], keyof ReturnType<typeof summaryJson>> {
  return {
    fullPlanWith: fullPlanWith && fullPlanJson(fullPlanWith),
    ...{ heldBy, dueOn, isLate, course, reason, latestAction },
    answer: answer && { ...answer, at: answer.at.toISOString() },
    chased: chased && { ...chased, at: chased.at.toISOString() },
  };
}

function fullPlanJson({ sinceDay, ...rest }: FullPlanWith): CycleJson['plans'][number]['fullPlanWith'] {
  return { ...rest, since: sinceDay };
}

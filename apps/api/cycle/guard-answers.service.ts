/** Answering the alarm of 1 April: what can be answered for which plan by whom, and sending the answer on its way. */
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { isToldByGuard } from '../../../activities/alarm-tasks.js';
import { meetingsThatHelp, type MeetingThatHelps } from '../../../libs/calendar/meetings-that-help.js';
import { isCertain } from '../../../libs/calendar/plan-course.js';
import type { Environment } from '../../../libs/config/environment.js';
import { Cycle, Plan } from '../../../libs/database/entities/plans.js';
import { Task } from '../../../libs/database/entities/tasks.js';
import { coursesOf, type PlanWithCourse } from '../../../libs/database/plan-courses.js';
import { answerGivenTo, requestKey } from '../../../libs/database/request-answers.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import { GUARD_ANSWERS, mayAnswer, type GuardAnswerKind } from '../../../libs/domain/guard-answer.js';
import { isOver } from '../../../libs/domain/route.js';
import type { GuardAnswerRequest, RecordedGuardAnswer } from '../../../workflows/activity-contract.js';
import type { answerGuard } from '../../../workflows/answer-guard.js';
import { guardAnswerWorkflowId } from '../../../workflows/workflow-ids.js';
import type { SignedInPerson } from '../access/policies.js';
import { ENVIRONMENT } from '../connections.module.js';
import { Councils } from '../councils.js';

/** What is answered, as a form or a program sends it. */
export type AnswerAsked = Pick<GuardAnswerRequest, 'plans' | 'kind' | 'meetingId' | 'until' | 'reason'>;

/** A plan that can be answered for. */
export interface GuardQuestion extends PlanWithCourse {
  meetings: MeetingThatHelps[];
}

export interface GuardQuestions {
  cycle: Cycle;
  /** Those that an alarm is, or would be, about first. */
  questions: GuardQuestion[];
  /** Whether an alarm was raised that is not answered. */
  isAlarmed: boolean;
  /** What this person may answer; none for somebody who only reads. */
  kinds: GuardAnswerKind[];
}

/** How long a person waits before they are told to send it again. */
const PATIENCE_MS = 25_000;

@Injectable()
export class GuardAnswers {
  constructor(
    private readonly em: EntityManager,
    private readonly councils: Councils,
    private readonly temporal: Client,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Every plan of the year that can be answered for, with the meetings that help it.
   * @throws DomainError 'not-found'
   */
  async questions(person: SignedInPerson, year: string): Promise<GuardQuestions> {
    const em = this.em.fork();
    const cycle = await em.findOne(Cycle, { councilId: person.councilId, year });
    if (!cycle) throw new DomainError('not-found', 'There is no cycle for this year.');
    const moment = await this.councils.now(person.councilId);
    const plans = await em.find(Plan, { cycleId: cycle.id }, { orderBy: { title: 'asc' } });
    const courses = await coursesOf(em, moment.council, cycle, plans, moment.today);
    const open = courses.plans.filter(({ plan, input }) => !isOver(plan) && plan.at !== 'opening' && !isCertain(input, moment.today));
    const isTold = await isToldByGuard(em, moment, person.id);
    return {
      cycle,
      questions: open.map((one) => ({ ...one, meetings: meetingsThatHelp(one.input, courses.rules) })),
      isAlarmed: (await em.count(Task, { cycleId: cycle.id, kind: 'guard-alarm', closedAt: null })) > 0,
      kinds: GUARD_ANSWERS.filter((kind) => mayAnswer(kind, { roles: person.roles, isTold }, null)),
    };
  }

  /**
   * Answers for one plan or several; the same request counts once. Who may, and what fits, is decided where it is recorded.
   * @throws DomainError 'not-found', 'not-now', 'not-allowed', 'invalid', 'key-reused'
   */
  async answer(person: SignedInPerson, year: string, asked: AnswerAsked, idempotencyKey: string): Promise<RecordedGuardAnswer> {
    const { councilId, id: personId } = person;
    const body = { year, ...asked };
    const key = requestKey(councilId, personId, idempotencyKey, body);
    const given = await answerGivenTo<RecordedGuardAnswer>(this.em.fork(), key);
    return given ?? this.execute({ councilId, personId, ...body, ...key });
  }

  private execute(request: GuardAnswerRequest): Promise<RecordedGuardAnswer> {
    return this.temporal.withDeadline(Date.now() + PATIENCE_MS, () =>
      this.temporal.workflow.execute<typeof answerGuard>('answerGuard', {
        workflowId: guardAnswerWorkflowId(request.councilId, `${request.key}/${request.bodyHash}`),
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: this.environment.TEMPORAL_TASK_QUEUE,
        args: [request],
      }),
    );
  }
}

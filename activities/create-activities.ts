/** Puts the activities together: each is one transaction, and a refusal is never repeated. */
import { DriverException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { datesOfPlan } from '../libs/database/plan-dates.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { Activities, CycleRef, Instant, PlanRef, PlanWaits } from '../workflows/activity-contract.js';
import type { ActivityDependencies } from './activity-dependencies.js';
import { councilMoment } from './council-moment.js';
import { deliverMessages } from './deliver-messages.js';
import { keepGuard } from './keep-guard.js';
import { morningRound, nextMorningRound } from './morning-round.js';
import { openCycle } from './open-cycle.js';
import { openQuarter, quarterToOpen } from './open-quarter.js';
import { openTasksOf, planWaits } from './plan-waits.js';
import { prepareReport } from './prepare-report.js';
import { recordCalendarChange } from './record-calendar-change.js';
import { recordGuardAnswer } from './record-guard-answer.js';
import { recordMeetingMove } from './record-meeting-move.js';
import { recordQuarterStep } from './record-quarter-step.js';
import { recordTransition } from './record-transition.js';
import { remindOfPlan } from './remind-of-plan.js';
import { remindOfUpdates } from './remind-of-updates.js';
import { rearrangeOpenings, scheduleNextCycle, scheduleQuarters } from './schedule-openings.js';
import { tellNotReady } from './tell-not-ready.js';

/** One round of delivering ends of itself before its time limit, so that its workflow begins a new history. */
const DELIVERY_ROUND_MS = 12 * 3_600_000;

/** The activities of a worker, for `Worker.create({ activities })`. */
export function createActivities(deps: ActivityDependencies): Activities {
  const { orm } = deps;
  const transaction =
    <Input, Output>(work: (em: EntityManager, input: Input) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      refusing(() => orm.em.fork().transactional((em) => work(em, input)));

  return {
    openCycle: transaction(openCycle),
    scheduleQuarters: (cycle) => refusing(() => scheduleQuarters(orm.em.fork(), deps.temporal, deps.taskQueue, cycle)),
    scheduleNextCycle: (cycle) => refusing(() => scheduleNextCycle(orm.em.fork(), deps.temporal, deps.taskQueue, cycle)),
    keepGuard: transaction(keepGuard),
    closeCycle: transaction(closeCycle),
    recordTransition: transaction(recordTransition),
    remindOfPlan: transaction(remindOfPlan),
    tellNotReady: transaction(tellNotReady),
    planWaits: transaction(currentPlanWaits),
    recordMeetingMove: transaction(recordMeetingMove),
    recordCalendarChange: transaction(recordCalendarChange),
    rearrangeOpenings: ({ councilId }) => refusing(() => rearrangeOpenings(orm.em.fork(), deps.temporal, councilId)),
    recordGuardAnswer: transaction(recordGuardAnswer),
    quarterToOpen: transaction(quarterToOpen),
    openQuarter: transaction(openQuarter),
    remindOfUpdates: transaction(remindOfUpdates),
    prepareReport: transaction(prepareReport),
    recordQuarterStep: transaction(recordQuarterStep),
    morningRound: transaction(morningRound),
    nextMorningRound: transaction(nextMorningRound),
    deliverMessages: () => {
      const { cancellationSignal } = Context.current();
      const stopped = AbortSignal.any([cancellationSignal, AbortSignal.timeout(DELIVERY_ROUND_MS)]);
      return deliverMessages(deps, stopped, () => Context.current().heartbeat());
    },
  };
}

async function closeCycle(em: EntityManager, { councilId, year }: CycleRef & { at: Instant }): Promise<void> {
  const cycle = await em.findOneOrFail(Cycle, { councilId, year });
  cycle.status = 'ended';
}

async function currentPlanWaits(em: EntityManager, { councilId, planId, at }: PlanRef & { at: Instant }): Promise<PlanWaits> {
  const plan = await em.findOneOrFail(Plan, { id: planId, councilId });
  const cycle = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const dates = await datesOfPlan(em, cycle, plan);
  return planWaits(await councilMoment(em, councilId, at), { dates }, await openTasksOf(em, plan));
}

/** A refusal goes back to the workflow with its code and is not tried again; anything else is a fault, and is. */
async function refusing<Output>(work: () => Promise<Output>): Promise<Output> {
  try {
    return await work();
  } catch (error) {
    const refused = error instanceof DomainError ? error : unusableInput(error);
    if (refused) throw ApplicationFailure.nonRetryable(refused.message, refused.code, refused.fields);
    throw error;
  }
}

/** Input that PostgreSQL cannot store (its errors of class 22) will not get better by trying again, and must not hold up others. */
function unusableInput(error: unknown): DomainError | null {
  const code = error instanceof DriverException ? error.code : undefined;
  if (!code?.startsWith('22')) return null;
  return new DomainError('invalid', 'Something in what was sent cannot be stored. Remove characters that cannot be seen and try again.');
}

/** One council's cycle for one financial year: opened, every plan on its way, 1 April guarded, closed when all are published. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  executeChild,
  isCancellation,
  log,
  ParentClosePolicy,
  patched,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, CycleRef, OpenedCycle } from './activity-contract.js';
import { AlarmClock } from './alarm-clock.js';
import { timetableMoved } from './messages.js';
import { planApproval } from './plan-approval.js';
import { recording } from './retry-policies.js';
import { planWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Runs until every plan of the year is published or formally given up. */
export async function annualPlanCycle(cycle: CycleRef): Promise<void> {
  const opened = await openCycle(cycle);
  await activities.scheduleQuarters(cycle);
  if (patched('next-cycle-opens-by-itself')) await activities.scheduleNextCycle(cycle);
  let over = false;
  const everyPlan = followPlans(cycle, opened).then(() => {
    over = true;
  });
  await Promise.all([everyPlan, guardFirstOfApril(cycle, opened.guardAt, () => over)]);
  await condition(allHandlersFinished);
  await activities.closeCycle({ ...cycle, at: now() });
}

/** Without its meetings the cycle has no dates: look again tomorrow. */
async function openCycle(cycle: CycleRef): Promise<OpenedCycle> {
  for (;;) {
    const opened = await activities.openCycle({ ...cycle, at: now() });
    if (opened) return opened;
    await sleep('1 day');
  }
}

/** Follows every plan until it is over; whatever becomes of one, the others and the guard go on. */
async function followPlans(cycle: CycleRef, opened: OpenedCycle): Promise<void> {
  await Promise.all(opened.plans.map(({ slug }) => followPlan(cycle, slug, opened)));
}

/**
 * Starts a plan's approval and waits for its end. One that failed begins again from where the database says that the plan stands;
 * one that still runs from before the cycle was restarted is looked after once a week.
 */
async function followPlan(cycle: CycleRef, slug: string, known: OpenedCycle): Promise<void> {
  for (let { route, plans } = known; ; { route, plans } = await openCycle(cycle)) {
    const plan = plans.find((one) => one.slug === slug);
    if (!plan) return;
    try {
      await executeChild(planApproval, {
        workflowId: planWorkflowId(cycle.councilId, cycle.year, slug),
        args: [{ councilId: cycle.councilId, planId: plan.planId, route, state: plan.state }],
        // Children are abandoned, not killed, should the cycle be restarted.
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        taskQueue: workflowInfo().taskQueue,
      });
      return;
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.error('A plan is followed again after a pause', { slug, error });
      await sleep(error instanceof WorkflowExecutionAlreadyStartedError ? '7 days' : '1 hour');
    }
  }
}

/** An alarm that comes so much later than its moment comes after an outage. */
const LATE_MS = 10_000;

/** Alarms by name for each plan that is not published or certain when 1 April comes near, again and again until it is. */
async function guardFirstOfApril(cycle: CycleRef, guardAt: string, isOver: () => boolean): Promise<void> {
  const clock = new AlarmClock();
  let next: string | null = guardAt;
  // The days of the alarms count working days: closures that change give them others. What is due by now is raised, once.
  setHandler(timetableMoved, async () => {
    if (next) next = await activities.keepGuard({ ...cycle, at: now() });
  });
  while (next && (await clock.waitFor(() => next, isOver))) {
    await letPlansCatchUp(next);
    next = await activities.keepGuard({ ...cycle, at: now() });
  }
  await condition(isOver);
}

/** After an outage a plan whose day of publication has passed is being published at this moment: nobody need be alarmed about it. */
async function letPlansCatchUp(alarmAt: string): Promise<void> {
  if (Date.now() - Date.parse(alarmAt) > LATE_MS && patched('plans-catch-up-before-alarm')) await sleep('30 seconds');
}

function now(): string {
  return new Date(Date.now()).toISOString();
}

/** One council's cycle for one financial year: opened, every plan on its way, 1 April guarded, closed when all are published. */
import { ParentClosePolicy, proxyActivities, startChild, condition, workflowInfo } from '@temporalio/workflow';
import type { Activities, CycleRef, OpenedCycle } from './activity-contract.js';
import { AlarmClock } from './alarm-clock.js';
import { planApproval } from './plan-approval.js';
import { recording } from './retry-policies.js';
import { planWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Runs until every plan of the year is published or formally given up. */
export async function annualPlanCycle(cycle: CycleRef): Promise<void> {
  const opened = await activities.openCycle({ ...cycle, at: now() });
  await activities.scheduleQuarters(cycle);
  let over = false;
  const everyPlan = followPlans(cycle, opened).then(() => {
    over = true;
  });
  await Promise.all([everyPlan, guardFirstOfApril(cycle, opened.guardAt, () => over)]);
  await activities.closeCycle({ ...cycle, at: now() });
}

/** Starts every plan's approval and waits for its end. Children are abandoned, not killed, should the cycle be restarted. */
async function followPlans(cycle: CycleRef, opened: OpenedCycle): Promise<void> {
  const children = await Promise.all(
    opened.plans.map(({ planId, slug, state }) =>
      startChild(planApproval, {
        workflowId: planWorkflowId(cycle.councilId, cycle.year, slug),
        args: [{ councilId: cycle.councilId, planId, route: opened.route, state }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        taskQueue: workflowInfo().taskQueue,
      }),
    ),
  );
  await Promise.all(children.map((child) => child.result()));
}

/** Alarms by name for each plan that is not published or certain when 1 April comes near, again and again until it is. */
async function guardFirstOfApril(cycle: CycleRef, guardAt: string, isOver: () => boolean): Promise<void> {
  const clock = new AlarmClock();
  let next: string | null = guardAt;
  while (next && (await clock.waitFor(() => next, isOver))) next = await activities.keepGuard({ ...cycle, at: now() });
  await condition(isOver);
}

function now(): string {
  return new Date(Date.now()).toISOString();
}

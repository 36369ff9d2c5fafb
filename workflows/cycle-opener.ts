/** What the Schedule of the next cycle starts on the day that it opens: it starts the cycle under its exact business id, and ends. */
import { annualPlanCycle } from './annual-plan-cycle.js';
import type { CycleRef } from './activity-contract.js';
import { startOnce } from './start-once.js';
import { cycleWorkflowId } from './workflow-ids.js';

/** @param cycle the cycle that opens; one that somebody opened before its day stays as it is */
export async function cycleOpener(cycle: CycleRef): Promise<void> {
  await startOnce(annualPlanCycle, cycleWorkflowId(cycle.councilId, cycle.year), cycle);
}

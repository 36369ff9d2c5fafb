/** Starting the council's year: each workflow under its business id, so that starting it again changes nothing. */
import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { CycleRef, QuarterRef } from '../../workflows/activity-contract.js';
import type { annualPlanCycle } from '../../workflows/annual-plan-cycle.js';
import type { morningRound } from '../../workflows/morning-round.js';
import type { quarterOpener } from '../../workflows/quarter-opener.js';
import type { quarterlyMonitoring } from '../../workflows/quarterly-monitoring.js';
import { cycleWorkflowId, morningRoundWorkflowId, quartersScheduleId, quarterWorkflowId } from '../../workflows/workflow-ids.js';

/** Opens the cycle of a year. A cycle that was opened before, and perhaps has ended, stays as it is. */
export async function startCycle(temporal: Client, taskQueue: string, { councilId, year }: CycleRef): Promise<void> {
  await unlessStarted(
    temporal.workflow.start<typeof annualPlanCycle>('annualPlanCycle', {
      workflowId: cycleWorkflowId(councilId, year),
      // A cycle that failed or was ended by hand begins again where its plans stand.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      taskQueue,
      args: [{ councilId, year }],
    }),
  );
}

/** Opens the quarter that is due in a year whose plans were not published by a cycle, as its Schedule would. */
export async function startQuarters(temporal: Client, taskQueue: string, { councilId, year }: CycleRef): Promise<void> {
  await unlessStarted(
    temporal.workflow.start<typeof quarterOpener>('quarterOpener', {
      workflowId: `${quartersScheduleId(councilId, year)}/set-up`,
      taskQueue,
      args: [{ councilId, year }],
    }),
  );
}

/** Opens one quarter. One that was opened before, and perhaps has ended, stays as it is. */
export async function startQuarter(temporal: Client, taskQueue: string, quarter: QuarterRef): Promise<void> {
  await unlessStarted(
    temporal.workflow.start<typeof quarterlyMonitoring>('quarterlyMonitoring', {
      workflowId: quarterWorkflowId(quarter.councilId, quarter.year, quarter.quarter),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      taskQueue,
      args: [quarter],
    }),
  );
}

/** Starts a council's morning round; one that goes on already stays as it is. */
export async function startMorningRound(temporal: Client, taskQueue: string, councilId: string): Promise<void> {
  await unlessStarted(
    temporal.workflow.start<typeof morningRound>('morningRound', {
      workflowId: morningRoundWorkflowId(councilId),
      taskQueue,
      args: [{ councilId }],
    }),
  );
}

async function unlessStarted(starting: Promise<unknown>): Promise<void> {
  try {
    await starting;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** What the Schedule of the quarters starts: it opens the quarter that is due under its exact business id, and ends. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, proxyActivities, startChild, workflowInfo } from '@temporalio/workflow';
import type { Activities, CycleRef } from './activity-contract.js';
import { quarterlyMonitoring } from './quarterly-monitoring.js';
import { recording } from './retry-policies.js';
import { quarterWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Opens the latest quarter of the year whose day has come; one that is open already stays as it is. */
export async function quarterOpener(cycle: CycleRef): Promise<void> {
  const quarter = await activities.quarterToOpen({ ...cycle, at: new Date(Date.now()).toISOString() });
  if (quarter === null) return;
  try {
    await startChild(quarterlyMonitoring, {
      workflowId: quarterWorkflowId(cycle.councilId, cycle.year, quarter),
      args: [{ ...cycle, quarter }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      taskQueue: workflowInfo().taskQueue,
      // One that failed may be opened again; one that ended well is over.
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  } catch (error) {
    // "Already started" is what a second opening should find.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

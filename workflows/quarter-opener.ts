/** What the Schedule of the quarters starts: it opens the quarter that is due under its exact business id, and ends. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities, CycleRef } from './activity-contract.js';
import { quarterlyMonitoring } from './quarterly-monitoring.js';
import { recording } from './retry-policies.js';
import { startOnce } from './start-once.js';
import { quarterWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Opens the latest quarter of the year whose day has come; one that is open already stays as it is. */
export async function quarterOpener(cycle: CycleRef): Promise<void> {
  const quarter = await activities.quarterToOpen({ ...cycle, at: new Date(Date.now()).toISOString() });
  if (quarter === null) return;
  await startOnce(quarterlyMonitoring, quarterWorkflowId(cycle.councilId, cycle.year, quarter), { ...cycle, quarter });
}

/** Keeps messages leaving: one standing activity, taken up by another worker when its own dies. */
import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from './activity-contract.js';
import { standing } from './retry-policies.js';

const activities = proxyActivities<Activities>(standing);

/** Never ends: each round is half a day of delivering. A decision's own history stays free of e-mail. */
export async function delivery(): Promise<never> {
  await activities.deliverMessages();
  return continueAsNew<typeof delivery>();
}

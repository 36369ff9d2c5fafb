/** A council's round on each working morning: what belongs to no plan and no quarter is seen to here. */
import { continueAsNew, proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from './activity-contract.js';
import { recording } from './retry-policies.js';

/** Eleven events a round; a new history begins after some three months of mornings. */
const ROUNDS_A_HISTORY = 60;

const activities = proxyActivities<Activities>(recording);

/** Never ends. After an outage of days one round does what is due. */
export async function morningRound(council: { councilId: string }): Promise<never> {
  for (let round = 0; round < ROUNDS_A_HISTORY; round++) {
    const next = await activities.morningRound({ ...council, at: new Date(Date.now()).toISOString() });
    await sleep(Math.max(Date.parse(next) - Date.now(), 1));
  }
  return continueAsNew<typeof morningRound>(council);
}

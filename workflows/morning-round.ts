/** A council's round on working mornings: what belongs to no plan and no quarter is seen to here. */
import { condition, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Activities, Instant } from './activity-contract.js';
import { waitsChanged } from './messages.js';
import { recording } from './retry-policies.js';

/** Eleven events a round, sixteen where something changed meanwhile: a new history begins before it grows long. */
const ROUNDS_A_HISTORY = 60;

const activities = proxyActivities<Activities>(recording);

/** Never ends. After an outage of days one round does what is due. */
export async function morningRound(council: { councilId: string }): Promise<never> {
  let isChanged = false;
  setHandler(waitsChanged, () => {
    isChanged = true;
  });
  for (let round = 0; round < ROUNDS_A_HISTORY; round++) {
    isChanged = false;
    let next = await activities.morningRound({ ...council, at: now() });
    while (await condition(() => isChanged, untilThen(next))) {
      isChanged = false;
      next = await activities.nextMorningRound({ ...council, at: now() });
    }
  }
  return continueAsNew<typeof morningRound>(council);
}

function untilThen(next: Instant): number {
  return Math.max(Date.parse(next) - Date.now(), 1);
}

function now(): Instant {
  return new Date(Date.now()).toISOString();
}

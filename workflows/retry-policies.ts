/** How patient the workflows are with their activities, and why. */
import type { ActivityOptions } from '@temporalio/workflow';

/**
 * For activities that record in the database: short, and repeated until they are done, since the Update that asked for them
 * is already in the history. A refusal comes back as a failure that is never repeated.
 */
export const recording: ActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
};

/** For the one activity that lives as long as its worker: its heartbeat tells within seconds that the worker has gone. */
export const standing: ActivityOptions = {
  startToCloseTimeout: '24 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};

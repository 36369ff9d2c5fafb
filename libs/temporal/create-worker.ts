/** Makes a Temporal worker of the product: the same for the worker process, the tests and the rehearsal. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { buildFolder } from '../config/paths.js';
import type { Activities } from '../../workflows/activity-contract.js';

/** Where the build puts the workflows in one file, so that no worker spends seconds on bundling at its start. */
export const workflowBundleFile = join(buildFolder, 'workflow-bundle.js');

export interface WorkerSettings {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: Activities;
}

/**
 * Makes a worker that is ready to run.
 * @throws Error if the workflows have not been bundled
 */
export async function createWorker({ connection, namespace, taskQueue, activities }: WorkerSettings): Promise<Worker> {
  if (!existsSync(workflowBundleFile)) throw new Error('The workflows are not bundled yet. Run "npm run build".');
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: workflowBundleFile },
    activities,
    // One council's plans fit many times over; more would only hold memory.
    maxCachedWorkflows: 200,
    // When a worker dies, what was meant for its cache goes to another after this long.
    stickyQueueScheduleToStartTimeout: '2 seconds',
    // The standing activities are told at once that the worker ends; those that record are short and finish what they began.
    shutdownGraceTime: 0,
    shutdownForceTime: '8 seconds',
  });
}

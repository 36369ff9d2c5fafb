/** Whether a worker does its work, as the Temporal server sees it. */
import type { Connection } from '@temporalio/client';

/** The longest that a worker at rest waits between two polls is one minute; the server forgets pollers after five. */
const silence = 150_000;

/**
 * Tells whether a worker on a machine has lately asked for workflow tasks and for activity tasks.
 * @param host the machine's name; workers call themselves `pid@host` unless told otherwise
 */
export async function isPolling(connection: Connection, namespace: string, taskQueue: string, host: string): Promise<boolean> {
  const kinds = [1, 2]; // TASK_QUEUE_TYPE_WORKFLOW and TASK_QUEUE_TYPE_ACTIVITY of Temporal's API
  const answers = await Promise.all(
    kinds.map((taskQueueType) =>
      connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType }),
    ),
  );
  const since = Date.now() - silence;
  return answers.every(({ pollers }) =>
    (pollers ?? []).some(
      ({ identity, lastAccessTime }) => identity?.endsWith(`@${host}`) && Number(lastAccessTime?.seconds ?? 0) * 1000 > since,
    ),
  );
}

/** Tells by its exit code whether the worker on this machine polls; for a container's health check. */
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { readEnvironment } from '../../libs/config/environment.js';
import { isPolling } from '../../libs/temporal/worker-health.js';

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE } = readEnvironment();
const connection = await Connection.connect({ address: TEMPORAL_ADDRESS });
try {
  const healthy = await isPolling(connection, TEMPORAL_NAMESPACE, TEMPORAL_TASK_QUEUE, hostname());
  if (!healthy) console.error(`No worker on ${hostname()} polls the task queue ${TEMPORAL_TASK_QUEUE}.`);
  process.exitCode = healthy ? 0 : 1;
} finally {
  await connection.close();
}

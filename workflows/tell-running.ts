/** Telling workflows that run that the timetable changed. */
import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { timetableMoved } from './messages.js';

/** What is over meanwhile waits for nothing any more. */
export async function tellIfRunning(workflowId: string, number: number): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(timetableMoved, number);
  } catch (error) {
    log.info('Nothing runs that a changed timetable would matter to', { workflowId, error });
  }
}

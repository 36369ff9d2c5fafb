/** Starting a workflow under its exact business id from one that a Schedule started: whoever is first starts it, and it outlives them. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';

/** One that runs already, or has ended well, stays as it is; one that failed begins again. */
export async function startOnce<Input>(workflow: (input: Input) => Promise<unknown>, workflowId: string, input: Input): Promise<void> {
  try {
    await startChild(workflow as (...args: unknown[]) => Promise<unknown>, {
      workflowId,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      taskQueue: workflowInfo().taskQueue,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  } catch (error) {
    // "Already started" is what a second opening should find.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** An answer to the alarm of 1 April: recorded with what follows from it, then every plan that it is about is told. */
import { getExternalWorkflowHandle, log, proxyActivities } from '@temporalio/workflow';
import type { Activities, GuardAnswerRequest, RecordedGuardAnswer } from './activity-contract.js';
import { waitsChanged } from './messages.js';
import { unwrapRefusal } from './refusal.js';
import { recording } from './retry-policies.js';
import { planWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Ends when every plan has been told to look up its dates again. */
export async function answerGuard(request: GuardAnswerRequest): Promise<RecordedGuardAnswer> {
  const recorded = await record(request);
  await Promise.all(recorded.plans.map(({ year, slug }) => tellIfRunning(planWorkflowId(request.councilId, year, slug))));
  return recorded;
}

async function record(request: GuardAnswerRequest): Promise<RecordedGuardAnswer> {
  try {
    return await activities.recordGuardAnswer({ ...request, at: new Date(Date.now()).toISOString() });
  } catch (error) {
    throw unwrapRefusal(error);
  }
}

/** A plan that was published meanwhile waits for nothing any more. */
async function tellIfRunning(workflowId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(waitsChanged);
  } catch (error) {
    log.info('Nothing runs that an answer would matter to', { workflowId, error });
  }
}

/** A meeting moved or called off: recorded with every date that follows from it, then every running timer is told. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities, MeetingMoveRequest, RecordedMove } from './activity-contract.js';
import { unwrapRefusal } from './refusal.js';
import { recording } from './retry-policies.js';
import { tellIfRunning } from './tell-running.js';
import { planWorkflowId, quarterWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Ends when every plan and quarter that the meeting matters to has been told to look up its dates again. */
export async function moveMeeting(move: MeetingMoveRequest): Promise<RecordedMove> {
  const recorded = await record(move);
  const { councilId } = move;
  const concerned = [
    ...recorded.plans.map(({ year, slug }) => planWorkflowId(councilId, year, slug)),
    ...recorded.quarters.map(({ year, quarter }) => quarterWorkflowId(councilId, year, quarter)),
  ];
  await Promise.all(concerned.map((workflowId) => tellIfRunning(workflowId, recorded.number)));
  return recorded;
}

async function record(move: MeetingMoveRequest): Promise<RecordedMove> {
  try {
    return await activities.recordMeetingMove({ ...move, at: new Date(Date.now()).toISOString() });
  } catch (error) {
    throw unwrapRefusal(error);
  }
}

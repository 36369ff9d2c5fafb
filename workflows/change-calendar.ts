/** Closures or polling days changed: recorded with every date that follows, then all that runs and counts working days is told. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities, CalendarChangeRequest, RecordedCalendarChange } from './activity-contract.js';
import { unwrapRefusal } from './refusal.js';
import { recording } from './retry-policies.js';
import { tellIfRunning } from './tell-running.js';
import { cycleWorkflowId, planWorkflowId, quarterWorkflowId } from './workflow-ids.js';

const activities = proxyActivities<Activities>(recording);

/** Ends when every open cycle, plan and quarter was told, and what opens later is arranged for its new day. */
export async function changeCalendar(request: CalendarChangeRequest): Promise<RecordedCalendarChange> {
  const recorded = await record(request);
  const { councilId } = request;
  const running = [
    ...recorded.cycles.map((year) => cycleWorkflowId(councilId, year)),
    ...recorded.plans.map(({ year, slug }) => planWorkflowId(councilId, year, slug)),
    ...recorded.quarters.map(({ year, quarter }) => quarterWorkflowId(councilId, year, quarter)),
  ];
  await Promise.all(running.map((workflowId) => tellIfRunning(workflowId, recorded.number)));
  await activities.rearrangeOpenings({ councilId });
  return recorded;
}

async function record(request: CalendarChangeRequest): Promise<RecordedCalendarChange> {
  try {
    return await activities.recordCalendarChange({ ...request, at: new Date(Date.now()).toISOString() });
  } catch (error) {
    throw unwrapRefusal(error);
  }
}

/**
 * `npm run record:histories -- RELEASE`: keeps the histories of this release's workflows, so that every later one replays them.
 * Run it once for each release, on the clean state of the release; kept histories are never written again.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { projectRoot } from '../../libs/config/paths.js';
import { Meeting } from '../../libs/database/entities/council.js';
import { FullPlanDraft } from '../../libs/database/entities/plans.js';
import { requestKey } from '../../libs/database/request-answers.js';
import { startMorningRound, startQuarters } from '../../libs/temporal/start-workflows.js';
import { findTimeSkippingServer } from '../../libs/temporal/find-server.js';
import {
  cycleWorkflowId,
  guardAnswerWorkflowId,
  meetingMoveWorkflowId,
  morningRoundWorkflowId,
  planWorkflowId,
  quarterWorkflowId,
} from '../../workflows/workflow-ids.js';
import { announceServers } from '../support/running-servers.js';
import { councilId, runCouncil, slug, until, year, type RunningCouncil } from '../support/running-council.js';
import { startServers } from '../support/servers.js';

const release = process.argv[2];
if (!release) throw new Error('Name the release, for example: npm run record:histories -- 0.1.0');

const servers = await startServers({ temporal: true, inbox: true });
announceServers(servers);
const path = await findTimeSkippingServer();
const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
const council = await runCouncil({ skipped: environment });

await startQuarters(council.temporal, council.taskQueue, { councilId, year: '2025-26' });
await startMorningRound(council.temporal, council.taskQueue, councilId);
await environment.sleep('10 days');
await council.take('leader', { step: 'submit' });
await council.take('gmt', { step: 'return', reason: 'The target for ComS_011 is not explained.' });
await council.take('leader', { step: 'submit' });
await council.take('gmt', { step: 'agree' });
await council.take('clerk', { step: 'refer-back', reason: 'The committee asks for another target.', minute: '41' });
await keep('plan-on-its-way', planWorkflowId(councilId, year, slug));
await council.take('leader', { step: 'submit' });
await council.take('gmt', { step: 'agree' });
await keep('meeting-moved', await moveCommittee(council));
await environment.sleep('60 days');
await council.take('clerk', { step: 'approve', minute: '42' });
await environment.sleep('75 days');
await keep('guard-answered', await acceptLateness(council));
await completeFullPlan(council);
await environment.sleep('120 days');
await until(async () => (await council.plan()).at === 'published');
await environment.client.workflow.getHandle(cycleWorkflowId(councilId, year)).result();
await keep('plan-published', planWorkflowId(councilId, year, slug));
await keep('cycle-ended', cycleWorkflowId(councilId, year));
await keep('morning-round', morningRoundWorkflowId(councilId));
await keep('quarter-with-cabinet', quarterWorkflowId(councilId, '2025-26', 2));

await council.stop();
await environment.teardown();
await servers.stop();
process.exit(0);

async function keep(name: string, workflowId: string): Promise<void> {
  const folder = join(projectRoot, 'test/replay/histories');
  const file = join(folder, `${release}-${name}.json`);
  if (existsSync(file)) throw new Error(`${file} is kept already. A kept history is never written again.`);
  const history = await council.temporal.workflow.getHandle(workflowId).fetchHistory();
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${historyToJSON(history)}\n`);
}

/** @returns the id of the workflow that moved the committee's meeting by a week */
async function moveCommittee(running: RunningCouncil): Promise<string> {
  const { orm, temporal, taskQueue } = running;
  const meeting = await orm.em.fork().findOneOrFail(Meeting, { councilId, body: 'overview-and-scrutiny' });
  const move = { councilId, meetingId: meeting.id, to: '2026-01-27', personId: await running.personId('clerk') };
  const key = requestKey(councilId, move.personId, 'record', move);
  const workflowId = meetingMoveWorkflowId(councilId, key.key);
  await temporal.workflow.execute('moveMeeting', { workflowId, taskQueue, args: [{ ...move, ...key }] });
  return workflowId;
}

/** @returns the id of the workflow that recorded the answer to the alarm of 1 April */
async function acceptLateness(running: RunningCouncil): Promise<string> {
  const { temporal, taskQueue } = running;
  const personId = await running.personId('performance');
  const answer = { year, plans: [slug], kind: 'accept-lateness', until: '2026-04-15', reason: 'The baseline comes in April.' };
  const key = requestKey(councilId, personId, 'accept', answer);
  const workflowId = guardAnswerWorkflowId(councilId, key.key);
  await temporal.workflow.execute('answerGuard', { workflowId, taskQueue, args: [{ councilId, personId, ...answer, ...key }] });
  return workflowId;
}

async function completeFullPlan(running: RunningCouncil): Promise<void> {
  const em = running.orm.em.fork();
  const full = await em.findOneOrFail(FullPlanDraft, (await running.plan()).id);
  full.parts = { policies: 'P', serviceObjectives: 'S', baseline: 'B', managementIndicators: 'M', risks: 'R' };
  await em.flush();
  await running.take('leader', { step: 'complete', draftRevision: full.revision });
}

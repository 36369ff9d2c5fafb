/** What must hold after any fault (quality.md): each check throws with what it found. */
import { strict as assert } from 'node:assert';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import { extractHash, fullHash } from '../../libs/documents/content-hash.js';
import { firstBrokenEntry } from '../../libs/database/audit-trail.js';
import { Cycle, Decision, type Plan, PlanVersion, StepChange } from '../../libs/database/entities/plans.js';
import { Message, Notice, Task } from '../../libs/database/entities/tasks.js';
import { Person } from '../../libs/database/entities/people.js';
import { after, beginning, type AwaitedTask, type PlanState } from '../../libs/domain/route.js';
import { awaited, planState } from '../../workflows/messages.js';
import { planWorkflowId } from '../../workflows/workflow-ids.js';
import type { Acknowledged } from './plan-traffic.js';

/** Checks every invariant for one plan that nobody is deciding about at the moment. */
export async function checkInvariants(
  em: EntityManager,
  temporal: Client,
  plan: Plan,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  await everyVersionIsWhole(em, plan);
  await acknowledgedDecisionsStand(em, plan, acknowledged);
  await oneEffectiveDecisionEach(em, plan);
  await noticesTravelOnce(em);
  assert.equal(await firstBrokenEntry(em, plan.councilId), null, 'I4: the audit trail is broken');
  await workflowWaitsForWhatTheDatabaseSays(em, temporal, plan);
  await noStepIsSkipped(em, plan);
}

/** I1 */
async function everyVersionIsWhole(em: EntityManager, { id }: Plan): Promise<void> {
  const versions = await em.find(PlanVersion, { planId: id }, { orderBy: { number: 'asc' }, populate: ['content'] });
  versions.forEach((version, index) => {
    assert.equal(version.number, index + 1, 'I1: a version is missing');
    assert.equal(extractHash(version.content), version.extractHash, `I1: version ${version.number} is not what it was`);
    assert.equal(fullHash(version.content), version.fullHash, `I1: version ${version.number} is not what it was`);
  });
}

async function acknowledgedDecisionsStand(em: EntityManager, { id }: Plan, acknowledged: readonly Acknowledged[]): Promise<void> {
  const changes = await em.find(StepChange, { planId: id });
  const names = new Map((await em.find(Person, {})).map((person) => [person.id, person.name]));
  for (const one of acknowledged) {
    const change = changes.find(({ number }) => number === one.number);
    assert.ok(change, `I1: step ${one.number} was acknowledged and is not in the history`);
    assert.deepEqual(
      [names.get(change.personId ?? ''), change.step],
      [one.person, one.step],
      `step ${one.number} is not the one that was acknowledged`,
    );
  }
  assert.equal(new Set(acknowledged.map(({ number }) => number)).size, acknowledged.length, 'I2: two answers tell of the same step');
}

/** I2 */
async function oneEffectiveDecisionEach(em: EntityManager, { id }: Plan): Promise<void> {
  const decisions = await em.find(Decision, { planId: id, effective: true });
  const places = decisions.map(({ stage, round }) => `${stage} ${round}`);
  assert.equal(new Set(places).size, places.length, 'I2: two effective decisions at one stage and round');
  for (const decision of decisions) assert.notEqual(decision.decidedBy, decision.versionAuthorId, 'I2: an author decided');
}

/** I3, as far as the database tells it. */
async function noticesTravelOnce(em: EntityManager): Promise<void> {
  const notices = await em.find(Notice, {});
  const keys = notices.map(({ kind, subject, recipient, occurrence }) => [kind, subject, recipient, occurrence].join(' '));
  assert.equal(new Set(keys).size, keys.length, 'I3: a notice stands twice');
  assert.equal(
    await em.count(Message, {}),
    new Set(notices.map(({ messageId }) => messageId)).size,
    'I3: a message has no notice, or a notice none',
  );
}

/** I5 */
async function workflowWaitsForWhatTheDatabaseSays(em: EntityManager, temporal: Client, plan: Plan): Promise<void> {
  const handle = temporal.workflow.getHandle(planWorkflowId(plan.councilId, plan.year, plan.slug));
  const state = await handle.query<PlanState>(planState);
  assert.deepEqual({ at: plan.at, round: plan.round, fullPlan: plan.fullPlan }, state, 'I5: the workflow is not where the plan is');
  const waits = (await handle.query<AwaitedTask[]>(awaited)).map(({ at, round }) => `${at} ${round}`);
  const tasks = await em.find(Task, { planId: plan.id, closedAt: null });
  assert.deepEqual(
    tasks.map(({ at, round }) => `${at} ${round}`).sort(),
    waits.sort(),
    'I5: the open tasks are not what the workflow waits for',
  );
}

/** I6 */
async function noStepIsSkipped(em: EntityManager, plan: Plan): Promise<void> {
  const { route } = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const changes = await em.find(StepChange, { planId: plan.id }, { orderBy: { number: 'asc' } });
  let state: PlanState = beginning;
  changes.forEach((change, index) => {
    assert.deepEqual(
      [change.number, change.fromAt, change.round],
      [index + 1, state.at, state.round],
      `I6: step ${change.number} does not begin where the one before ended`,
    );
    state = after(route, state, change.step);
    assert.equal(change.toAt, state.at, `I6: step ${change.number} led elsewhere than the route says`);
  });
  assert.deepEqual({ at: plan.at, round: plan.round, fullPlan: plan.fullPlan }, state, 'I6: the plan is not where its history leads');
}

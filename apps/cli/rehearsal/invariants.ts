/** What must hold at any quiet moment, whatever went wrong before (quality.md, I1 to I6): each that does not is told in a sentence. */
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Client } from '@temporalio/client';
import { firstBrokenEntry } from '../../../libs/database/audit-trail.js';
import { Cycle, Decision, type Plan, PlanVersion, StepChange } from '../../../libs/database/entities/plans.js';
import { Message, Notice, Task } from '../../../libs/database/entities/tasks.js';
import { extractHash, fullHash } from '../../../libs/documents/content-hash.js';
import { after, beginning, isOver, type AwaitedTask, type PlanState } from '../../../libs/domain/route.js';
import { awaited, planState } from '../../../workflows/messages.js';
import { planWorkflowId } from '../../../workflows/workflow-ids.js';

/** The violations for one plan that nobody is deciding about at the moment, and of its council; empty where all holds. */
export async function violationsOf(em: EntityManager, temporal: Client, plan: Plan): Promise<string[]> {
  return [
    ...(await brokenVersions(em, plan)),
    ...(await contestedDecisions(em, plan)),
    ...(await lostNotices(em, plan.councilId)),
    ...((await firstBrokenEntry(em, plan.councilId)) === null ? [] : ['I4: the audit trail is broken']),
    ...(await wrongWaits(em, temporal, plan)),
    ...(await skippedSteps(em, plan)),
  ];
}

/** I1 */
async function brokenVersions(em: EntityManager, { id }: Plan): Promise<string[]> {
  const versions = await em.find(PlanVersion, { planId: id }, { orderBy: { number: 'asc' }, populate: ['content'] });
  return versions.flatMap(({ number, content, ...version }, index) => [
    ...(number === index + 1 ? [] : ['I1: a version is missing']),
    ...(extractHash(content) === version.extractHash && fullHash(content) === version.fullHash
      ? []
      : [`I1: version ${number} is not what it was`]),
  ]);
}

/** I2 */
async function contestedDecisions(em: EntityManager, { id }: Plan): Promise<string[]> {
  const decisions = await em.find(Decision, { planId: id, effective: true });
  const places = new Set(decisions.map(({ stage, round }) => `${stage} ${round}`));
  return [
    ...(places.size === decisions.length ? [] : ['I2: two effective decisions at one stage and round']),
    ...(decisions.some(({ decidedBy, versionAuthorId }) => decidedBy === versionAuthorId) ? ['I2: an author decided'] : []),
  ];
}

/** I3, as far as the database tells it. */
async function lostNotices(em: EntityManager, councilId: string): Promise<string[]> {
  const notices = await em.find(Notice, { councilId });
  const messages = await em.find(Message, { councilId });
  const keys = new Set(notices.map(({ kind, subject, recipient, occurrence }) => [kind, subject, recipient, occurrence].join(' ')));
  const known = new Set(messages.map(({ id }) => id));
  const carried = new Set(notices.map(({ messageId }) => messageId));
  const isEmpty = ({ id, status }: Message): boolean => (status === 'queued' || status === 'sent') && !carried.has(id);
  return [
    ...(keys.size === notices.length ? [] : ['I3: a notice stands twice']),
    ...(notices.every(({ messageId }) => known.has(messageId)) ? [] : ['I3: a notice has no message']),
    ...(messages.some(isEmpty) ? ['I3: a message has no notice'] : []),
  ];
}

/** I5; a plan whose way is over waits for nothing. */
async function wrongWaits(em: EntityManager, temporal: Client, plan: Plan): Promise<string[]> {
  const open = await em.find(Task, { planId: plan.id, closedAt: null });
  const tasks = open.map(({ at, round }) => `${at} ${round}`).sort();
  if (isOver(plan)) return tasks.length === 0 ? [] : ['I5: something is asked about a plan whose way is over'];
  const handle = temporal.workflow.getHandle(planWorkflowId(plan.councilId, plan.year, plan.slug));
  const state = await handle.query<PlanState>(planState);
  const waits = (await handle.query<AwaitedTask[]>(awaited)).map(({ at, round }) => `${at} ${round}`).sort();
  return [
    ...(isDeepStrictEqual(stateOf(plan), state) ? [] : ['I5: the plan is elsewhere than its process says']),
    ...(isDeepStrictEqual(tasks, waits)
      ? []
      : [`I5: the open tasks (${tasks.join(', ')}) are not what the process waits for (${waits.join(', ')})`]),
  ];
}

/** I6 */
async function skippedSteps(em: EntityManager, plan: Plan): Promise<string[]> {
  const { route } = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const violations: string[] = [];
  let state: PlanState = beginning;
  for (const [index, change] of (await em.find(StepChange, { planId: plan.id }, { orderBy: { number: 'asc' } })).entries()) {
    if (!isDeepStrictEqual([change.number, change.fromAt, change.round], [index + 1, state.at, state.round]))
      violations.push(`I6: step ${change.number} does not begin where the one before ended`);
    state = after(route, state, change.step);
    if (change.toAt !== state.at) violations.push(`I6: step ${change.number} led elsewhere than the route says`);
  }
  if (!isDeepStrictEqual(stateOf(plan), state)) violations.push('I6: the plan is not where its history leads');
  return violations;
}

function stateOf({ at, round, fullPlan }: Plan): PlanState {
  return { at, round, fullPlan };
}

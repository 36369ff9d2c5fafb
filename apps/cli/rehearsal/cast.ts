/** The people of a rehearsal at work: each act goes the way that it goes by page, through the plan's or quarter's own workflow. */
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { councilMoment } from '../../../activities/council-moment.js';
import { peopleWithRole } from '../../../activities/person-roles.js';
import { councilAtWork } from '../../../libs/database/council-at-work.js';
import type { Quarter } from '../../../libs/database/entities/monitoring.js';
import { ActionUpdate, Measurement } from '../../../libs/database/entities/monitoring.js';
import type { Plan } from '../../../libs/database/entities/plans.js';
import { FullPlanDraft, PlanDraft, PlanVersion } from '../../../libs/database/entities/plans.js';
import { closeFinishedTasks } from '../../../libs/database/quarter-rows.js';
import { requestKey, type RequestKey } from '../../../libs/database/request-answers.js';
import { FULL_PLAN_PARTS, type FullPlanParts } from '../../../libs/domain/business-plan.js';
import { DomainError } from '../../../libs/domain/domain-error.js';
import type { StepName } from '../../../libs/domain/route.js';
import type { MeetingMoveRequest } from '../../../workflows/activity-contract.js';
import { takeQuarterStep, takeStep } from '../../../workflows/messages.js';
import { meetingMoveWorkflowId, planWorkflowId, quarterWorkflowId } from '../../../workflows/workflow-ids.js';
import { TASK_QUEUE, type RunningYear } from './running-year.js';

/** What a step comes with besides the text that the person saw. */
export interface StepWords {
  reason?: string;
  minute?: string;
}

/** Takes a step with a plan on the text as it stands now; `personId` is whoever has the plan. */
export async function takePlanStep(
  year: Pick<RunningYear, 'orm' | 'temporal'>,
  plan: Plan,
  personId: string,
  step: StepName,
  words: StepWords = {},
): Promise<void> {
  const shown = await whatIsShown(year.orm.em.fork(), plan.id, step);
  const asked = { step, ...shown, ...words };
  const request = { ...asked, personId, ...freshKey(plan.councilId, personId, asked) };
  await year.temporal.workflow.getHandle(planWorkflowId(plan.councilId, plan.year, plan.slug)).executeUpdate(takeStep, { args: [request] });
}

/** Writes each part of the full plan, as its head of service would before signing it off. */
export async function writeFullPlan(year: Pick<RunningYear, 'orm' | 'now'>, plan: Plan, personId: string): Promise<void> {
  const em = year.orm.em.fork();
  const draft = await em.findOneOrFail(FullPlanDraft, plan.id);
  draft.parts = Object.fromEntries(FULL_PLAN_PARTS.map((part) => [part, 'As in the year before.'])) as FullPlanParts;
  draft.editedBy = personId;
  draft.editedAt = (await councilAtWork(em, plan.councilId, () => 0)).clock.toCouncilTime(new Date(await year.now()));
  await em.flush();
}

/** Gives every figure and update of a quarter's rows that belong to some plans, each by whoever its post's holder is. */
export async function giveUpdates(year: RunningYear, period: Quarter, plans: readonly Plan[], personId: string): Promise<void> {
  const now = await year.now();
  await year.orm.em.fork().transactional(async (em) => {
    const at = (await councilAtWork(em, period.councilId, () => now)).clock.now();
    const place = { councilId: period.councilId, year: period.year, quarter: period.quarter, planId: { $in: plans.map(({ id }) => id) } };
    const given = { enteredBy: personId, enteredAt: at, demonstration: true };
    const measurements = await em.find(Measurement, { ...place, value: '' });
    for (const row of measurements) em.assign(row, { value: '1', commentary: 'As expected.', ...given });
    const updates = await em.find(ActionUpdate, { ...place, status: null });
    for (const row of updates) em.assign(row, { status: 'in progress', percent: 50, ...given });
    await em.flush();
    const posts = [...measurements, ...updates].map(({ postId }) => postId ?? null);
    await closeFinishedTasks(em, period, posts, { at, personId });
  });
}

/** Records that Cabinet noted a quarter's report. */
export async function noteReport(
  year: RunningYear,
  { councilId, year: of, quarter }: Quarter,
  personId: string,
  minute: string,
): Promise<void> {
  const asked = { step: 'note' as const, minute };
  const request = { ...asked, personId, ...freshKey(councilId, personId, asked) };
  await year.temporal.workflow.getHandle(quarterWorkflowId(councilId, of, quarter)).executeUpdate(takeQuarterStep, { args: [request] });
}

/** What of a meeting is to change, and who changes it. */
export type MeetingChangeAsked = Omit<MeetingMoveRequest, 'councilId' | 'key' | 'bodyHash'>;

/** Moves a meeting, or calls it off. @throws DomainError where the council's calendar does not allow it */
export async function changeMeeting(year: RunningYear, councilId: string, change: MeetingChangeAsked): Promise<void> {
  const request: MeetingMoveRequest = { ...change, councilId, ...freshKey(councilId, change.personId, change) };
  const workflowId = meetingMoveWorkflowId(councilId, request.key);
  try {
    await year.temporal.workflow.execute('moveMeeting', { workflowId, taskQueue: TASK_QUEUE, args: [request] });
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  await year.settle();
}

/** What the workflow refused, as it was said; null for anything else that went wrong. */
function refusalOf(error: unknown): DomainError | null {
  const cause = error instanceof WorkflowFailedError ? error.cause : null;
  const said = cause instanceof ActivityFailure ? cause.cause : cause;
  return said instanceof ApplicationFailure && said.nonRetryable ? new DomainError('not-now', said.message) : null;
}

/** Whoever keeps a body's meetings today; null where nobody does. */
export async function clerkOf(year: RunningYear, councilId: string, body: string): Promise<string | null> {
  const em = year.orm.em.fork();
  const moment = await councilMoment(em, councilId, new Date(await year.now()).toISOString());
  const [clerk] = await peopleWithRole(em, moment, 'committee-clerk', body);
  return clerk?.id ?? null;
}

/** The key that a page would make. */
export function freshKey(councilId: string, personId: string, asked: unknown): RequestKey {
  return requestKey(councilId, personId, randomUUID(), asked);
}

/** What a person's page names of the text: the draft's revision, or the hash of the version that was submitted last. */
async function whatIsShown(em: EntityManager, planId: string, step: StepName): Promise<{ versionHash?: string; draftRevision?: number }> {
  if (step === 'submit') return { draftRevision: (await em.findOneOrFail(PlanDraft, planId)).revision };
  if (step === 'complete') return { draftRevision: (await em.findOneOrFail(FullPlanDraft, planId)).revision };
  const [version] = await em.find(PlanVersion, { planId, origin: 'submitted' }, { orderBy: { number: 'desc' }, limit: 1 });
  return version ? { versionHash: version.extractHash } : {};
}

/** Records one step of a plan: decision, history, tasks, notices, audit and the answer, in one transaction. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import type { PlanDates } from '../libs/calendar/plan-dates.js';
import { DomainError } from '../libs/domain/domain-error.js';
import { financialYearFromId } from '../libs/domain/financial-year.js';
import { ruleFor, stageOf, type GrantedRole, type PlanState, type Route, type StepRule } from '../libs/domain/route.js';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { Cycle, Decision, Plan, StepChange, type PlanVersion } from '../libs/database/entities/plans.js';
import type { QueryAcceptance } from '../libs/database/entities/queries.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import type { Task } from '../libs/database/entities/tasks.js';
import { datesOfPlan } from '../libs/database/plan-dates.js';
import { acceptanceOnRecord } from '../libs/database/query-acceptances.js';
import { answerGivenTo } from '../libs/database/request-answers.js';
import type { RecordedTransition, StepAnswer, Transition } from '../workflows/activity-contract.js';
import { closeAnsweredAlarms } from './alarm-tasks.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { holdMeeting } from './hold-meeting.js';
import { requireRoleFor } from './person-roles.js';
import { tellAboutStep } from './plan-notices.js';
import { bringTasksInLine } from './plan-tasks.js';
import { openTasksOf, planWaits } from './plan-waits.js';
import { isFullPlanReopened, reopenFullPlan, versionForStep } from './plan-versions.js';

/** A step as it is being recorded: everything that the parts of the transaction look at. */
export interface StepInProgress {
  em: EntityManager;
  moment: CouncilMoment;
  plan: Plan;
  cycle: Cycle;
  /** The plan's own dates. */
  dates: PlanDates;
  route: Route;
  rule: StepRule;
  from: PlanState;
  to: PlanState;
  request: Transition['request'];
  /** The number of the step in the plan's history. */
  number: number;
  /** What the plan waits for after the step; empty until its tasks are brought in line. */
  openTasks: Task[];
  /** The queries that a submission's own reason accepts; empty for other steps. */
  accepted: QueryAcceptance[];
  /** The roles of the person who takes the step, those included that they stand in for; empty for a step by the product. */
  roles: GrantedRole[];
  /** Whose role it is taken by, where the person stands in for somebody. */
  onBehalfOf: string | null;
}

/**
 * Records a step. Repeating the activity after a crash gives the first answer and writes nothing.
 * @throws DomainError if the person may not take the step, saw an older text, or something that the step needs is missing
 */
export async function recordTransition(em: EntityManager, transition: Transition): Promise<RecordedTransition> {
  const { councilId, planId, request } = transition;
  // The plan is locked before anything is looked up: a slow first attempt of this same step may still be under way.
  const plan = await em.findOneOrFail(Plan, { id: planId, councilId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const cycle = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const moment = await councilMoment(em, councilId, transition.at);
  const dates = await datesOfPlan(em, cycle, plan);
  const given = await answerGivenTo<StepAnswer>(em, request);
  if (given || !standsAt(plan, transition.from))
    return { answer: given, state: stateOf(plan), waits: planWaits(moment, { dates }, await openTasksOf(em, plan)) };

  const step = await beginStep(em, moment, plan, cycle, dates, transition);
  if (step.request.personId) await requireRoleFor(step, step.request.personId);
  const version = await versionForStep(step);
  writeDecision(step, version);
  writeHistory(step, version);
  if (isFullPlanReopened(step)) await reopenFullPlan(step);
  const heldOn = await holdMeetingOf(step);
  step.openTasks = await bringTasksInLine(step);
  await tellAboutStep(step, version);
  const answer: StepAnswer = { state: step.to, number: step.number, versionNumber: version?.number ?? null };
  writeAnswer(step, answer);
  await em.flush();
  await closeAnsweredAlarms(em, moment, cycle, request.personId);
  await appendToAuditTrail(em, {
    councilId: step.plan.councilId,
    at: step.moment.at,
    personId: step.request.personId,
    act: step.request.step,
    subject: `plan ${step.plan.year} ${step.plan.slug}`,
    details: {
      ...{ from: step.from.at, to: step.to.at, round: step.from.round, extractHash: version?.extractHash ?? null },
      ...(heldOn ? { meetingHeld: heldOn } : {}),
      ...(step.onBehalfOf ? { onBehalfOf: step.onBehalfOf } : {}),
      ...(step.accepted.length > 0 ? { accepted: step.accepted.map(acceptanceOnRecord) } : {}),
    },
  });
  return { answer, state: step.to, waits: planWaits(step.moment, step, step.openTasks) };
}

async function beginStep(
  em: EntityManager,
  moment: CouncilMoment,
  plan: Plan,
  cycle: Cycle,
  dates: PlanDates,
  transition: Transition,
): Promise<StepInProgress> {
  const { request, from, to } = transition;
  const rule = ruleFor(cycle.route, from, request.step);
  if (!rule) throw new DomainError('not-now', 'The plan is at a step where this cannot be done.');
  requireWhatTheStepNeeds(rule, request);
  const number = (await em.count(StepChange, { planId: plan.id })) + 1;
  const nothingYet = { openTasks: [], accepted: [], roles: [], onBehalfOf: null };
  return { em, moment, plan, cycle, dates, route: cycle.route, rule, from, to, request, number, ...nothingYet };
}

/** A body's decision is taken at its meeting, so that meeting was held. */
async function holdMeetingOf({ em, moment, plan, route, from, rule }: StepInProgress): Promise<string | null> {
  const body = stageOf(route, from)?.body;
  if (!body || !rule.needs.includes('version')) return null;
  return holdMeeting(em, moment, body, { what: 'plans', year: financialYearFromId(plan.year) });
}

function standsAt(plan: Plan, { at, round, fullPlan }: PlanState): boolean {
  return plan.at === at && plan.round === round && plan.fullPlan === fullPlan;
}

function stateOf({ at, round, fullPlan }: Plan): PlanState {
  return { at, round, fullPlan };
}

function requireWhatTheStepNeeds(rule: StepRule, request: Transition['request']): void {
  if (rule.needs.includes('reason') && !request.reason?.trim())
    throw new DomainError('invalid', 'Give the reason, so that everyone concerned knows it.', [
      { pointer: '/reason', detail: 'Give the reason' },
    ]);
  if (rule.needs.includes('minute') && !request.minute?.trim())
    throw new DomainError('invalid', 'Give the minute that records the decision.', [
      { pointer: '/minute', detail: 'Give the minute number' },
    ]);
}

/** Steps that name a version are decisions about it; the database allows one effective one for each plan, stage and round (I2). */
function writeDecision({ em, plan, from, route, rule, request, moment, onBehalfOf }: StepInProgress, version: PlanVersion | null): void {
  const stage = stageOf(route, from);
  if (!version || !stage || !request.personId || !rule.needs.includes('version')) return;
  em.persist(
    em.create(Decision, {
      id: randomUUID(),
      planId: plan.id,
      versionId: version.id,
      stage: stage.id,
      round: from.round,
      step: request.step,
      effective: rule.effective,
      reason: request.reason?.trim() || null,
      minute: request.minute?.trim() || null,
      decidedBy: request.personId,
      onBehalfOf,
      decidedAt: moment.at,
    }),
  );
}

function writeHistory(step: StepInProgress, version: PlanVersion | null): void {
  const { em, plan, from, to, request, moment, number } = step;
  em.persist(
    em.create(StepChange, {
      id: randomUUID(),
      planId: plan.id,
      number,
      step: request.step,
      fromAt: from.at,
      toAt: to.at,
      round: from.round,
      personId: request.personId,
      onBehalfOf: step.onBehalfOf,
      versionId: version?.id ?? null,
      reason: request.reason?.trim() || null,
      at: moment.at,
    }),
  );
  if (to.at !== from.at) plan.since = moment.at;
  plan.at = to.at;
  plan.round = to.round;
  plan.fullPlan = to.fullPlan;
}

function writeAnswer({ em, request, moment }: StepInProgress, answer: StepAnswer): void {
  em.persist(em.create(RequestAnswer, { key: request.key, bodyHash: request.bodyHash, answer: { ...answer }, createdAt: moment.at }));
}

/** A plan's open tasks: always those that its workflow waits for (I5). */
import { randomUUID } from 'node:crypto';
import { awaitedTasks, scopeOf, stageOf, type AwaitedTask, type Power, type Role } from '../libs/domain/route.js';
import { Task, type TaskKind } from '../libs/database/entities/tasks.js';
import type { StepInProgress } from './record-transition.js';
import { stageDue } from './stage-due.js';

/**
 * Closes what the plan no longer waits for and opens what it waits for now.
 * @returns the open tasks after the step
 */
export async function bringTasksInLine(step: StepInProgress): Promise<Task[]> {
  const { em, plan, route, to, moment, request } = step;
  const wanted = awaitedTasks(route, to);
  const open = await em.find(Task, { planId: plan.id, closedAt: null });
  for (const task of open) {
    if (wanted.some((one) => isSame(one, task))) continue;
    task.closedAt = moment.at;
    task.closedBy = request.personId;
  }
  return wanted.map((one) => {
    const task = open.find((known) => isSame(one, known)) ?? openTask(step, one);
    em.persist(task);
    return task;
  });
}

function isSame(awaited: AwaitedTask, task: Task): boolean {
  return awaited.at === task.at && awaited.round === task.round;
}

function openTask(step: StepInProgress, awaited: AwaitedTask): Task {
  const { em, plan, route, to, moment } = step;
  const stage = awaited.kind === 'stage' ? stageOf(route, to) : null;
  const role: Role = stage?.role ?? 'head-of-service';
  return em.create(Task, {
    id: randomUUID(),
    councilId: plan.councilId,
    kind: stage ? kindOf(stage.power) : 'full-plan',
    planId: plan.id,
    at: awaited.at,
    round: awaited.round,
    role,
    scope: scopeOf(role, plan.slug, stage),
    dueOn: stage ? stageDue(stage, step.dates, step.to.round, step.moment) : step.dates.fullPlanDue,
    openedAt: moment.at,
  });
}

function kindOf(power: Power): TaskKind {
  if (power === 'draft') return 'draft';
  return power === 'review' ? 'review' : 'decide';
}

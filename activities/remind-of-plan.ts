/** Reminders of a plan's open tasks, by the council's rules; after so many without effect the next person up is told. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { countdown } from '../libs/calendar/dates.js';
import { createReminders, type Reminder } from '../libs/calendar/reminders.js';
import { Cycle, Plan } from '../libs/database/entities/plans.js';
import { Notice, Task } from '../libs/database/entities/tasks.js';
import { stageOf } from '../libs/domain/route.js';
import type { Instant, PlanRef } from '../workflows/activity-contract.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { peopleWithRole, standingInAt } from './person-roles.js';
import { personsUp } from './persons-up.js';
import { nextReminderAt, remindedUpTo } from './plan-waits.js';
import { tell } from './tell.js';

/** @returns when the next reminder is due, null when nothing is asked of anyone */
export async function remindOfPlan(em: EntityManager, { councilId, planId, at }: PlanRef & { at: Instant }): Promise<Instant | null> {
  const moment = await councilMoment(em, councilId, at);
  const plan = await em.findOneOrFail(Plan, { id: planId, councilId });
  const open = await em.find(Task, { planId, closedAt: null });
  for (const task of open) {
    const what = { task: await whatIsAsked(em, plan, task), otherwise: 'the plan misses its place in the approval timetable' };
    await remindOfTask(em, moment, task, { ...what, subject: `plan/${plan.id}/${task.at}/${task.round}` });
  }
  await em.flush();
  return nextReminderAt(moment.council, open);
}

/** What a reminder of a task says, and the subject that its notices stand under. */
export interface ReminderOfTask {
  /** What is asked, as a command. */
  task: string;
  /** What happens if nobody does it, to follow "Otherwise". */
  otherwise: string;
  subject: string;
}

/** Reminds whoever has a role's task, if a reminder of it is due; an escalated one goes to the persons up as well. */
export async function remindOfTask(
  em: EntityManager,
  moment: CouncilMoment,
  task: Task,
  { subject, ...what }: ReminderOfTask,
): Promise<void> {
  const reminder = dueReminder(moment, task);
  if (!reminder || !task.role) return;
  const asked = await peopleWithRole(em, moment, task.role, task.scope ?? null);
  const due = task.dueOn ?? moment.today;
  const facts = { ...what, due, countdown: countdown(moment.today, due, moment.council.calendar) };
  const about = {
    subject,
    occurrence: `${reminder.kind} ${reminder.occurrence}`,
    path: `/tasks/${task.id}`,
    taskIds: [task.id],
  };
  await tell(em, moment, asked, { ...about, kind: 'reminder', facts: { ...facts, when: whenOf(due, moment.today) } });
  if (reminder.kind === 'escalated') {
    const managers = await personsUp(em, await standingInAt(em, moment), asked, reminder.level);
    const escalated = {
      ...facts,
      responsibleName: asked.map((person) => person.name).join(', '),
      remindersSent: await em.count(Notice, { kind: 'reminder', subject: about.subject, recipient: asked[0]?.email }),
    };
    await tell(em, moment, managers, { ...about, kind: 'escalation', facts: escalated });
  }
  task.remindedOn = moment.today;
}

/** The latest reminder that is due: after an outage the older ones have nothing to add. */
export function dueReminder({ council, today }: CouncilMoment, task: Task): Reminder | null {
  if (!task.dueOn) return null;
  const reminders = createReminders({ settings: council.settings.timetable, calendar: council.calendar }, task.kind);
  return reminders.remindersDue(task.dueOn, remindedUpTo(task), today).at(-1) ?? null;
}

/** How a reminder speaks of the day that something is due on: by the days as they are, for a reminder may leave late, or before a day off. */
export function whenOf(due: string, today: string): 'before' | 'due' | 'overdue' {
  if (today === due) return 'due';
  return today < due ? 'before' : 'overdue';
}

/** What is asked about a plan, as a command: 'Submit the draft of the Community Safety Business Plan'. */
export async function whatIsAsked(em: EntityManager, plan: Plan, task: Task): Promise<string> {
  if (task.kind === 'full-plan') return `Complete the full ${plan.title}`;
  const cycle = await em.findOneOrFail(Cycle, plan.cycleId ?? '');
  const stage = stageOf(cycle.route, { ...plan, at: task.at });
  const verb =
    task.kind === 'draft'
      ? 'Submit the draft of the'
      : task.kind === 'review'
        ? 'Review the'
        : `Record what ${stage?.title} decided about the`;
  return `${verb} ${plan.title}`;
}

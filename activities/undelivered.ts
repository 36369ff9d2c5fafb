/** An e-mail that could not be delivered becomes a task of the performance team (product.md 34), one for each address. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { Person } from '../libs/database/entities/people.js';
import { Notice, Task, type Message } from '../libs/database/entities/tasks.js';
import { subjectOf } from '../libs/email/render-email.js';
import type { EmailFacts, EmailTemplate } from '../libs/email/email-facts.js';
import type { CouncilMoment } from './council-moment.js';
import { peopleWithRole } from './person-roles.js';
import { wakeMorningRound } from './pending-signals.js';
import { tell } from './tell.js';

/** What the performance team is asked within: an address that does not work keeps somebody from their tasks. */
const WORKING_DAYS_TO_ACT = 1;

/**
 * Puts a message that came back with the open task for its address, or opens one and tells the performance team.
 * @param message its status is 'refused', `lastError` what the server said
 * @returns the task's id
 */
export async function openUndelivered(em: EntityManager, moment: CouncilMoment, message: Message): Promise<string> {
  const { council, today, at } = moment;
  await lockAddress(em, council.id, message.recipientEmail);
  const open = await openTaskFor(em, message);
  message.taskId = open ?? randomUUID();
  if (open) return open;
  em.persist(
    em.create(Task, {
      ...{ id: message.taskId, councilId: council.id, kind: 'undelivered', at: 'undelivered', role: 'performance-team' },
      ...{ messageId: message.id, openedAt: at, dueOn: council.calendar.addWorkingDays(today, WORKING_DAYS_TO_ACT) },
    }),
  );
  await tellTeam(em, moment, message, message.taskId);
  await wakeMorningRound(em, council.id);
  await em.flush();
  return message.taskId;
}

/** One after the other for one address, so that there is one open task for it. */
export async function lockAddress(em: EntityManager, councilId: string, email: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`undelivered ${councilId} ${email.toLowerCase()}`]);
}

async function openTaskFor(em: EntityManager, { councilId, recipientEmail }: Message): Promise<string | null> {
  const [found] = await em.execute<{ id: string }[]>(
    `select task.id from task join message on message.task_id = task.id
     where task.council_id = ? and task.kind = 'undelivered' and task.closed_at is null and message.recipient_email = ? limit 1`,
    [councilId, recipientEmail],
  );
  return found?.id ?? null;
}

/** Nobody is told of an e-mail that itself told of another: the task stands on the team's list all the same. */
async function tellTeam(em: EntityManager, moment: CouncilMoment, message: Message, taskId: string): Promise<void> {
  const notices = await em.find(Notice, { messageId: message.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const [first] = notices;
  if (!first || notices.some(({ kind }) => kind === 'undelivered')) return;
  const team = await peopleWithRole(em, moment, 'performance-team', null);
  const person = await em.findOne(Person, { councilId: moment.council.id, email: message.recipientEmail });
  const others = team.filter(({ email }) => email !== message.recipientEmail);
  await tell(em, moment, others, {
    kind: 'undelivered',
    subject: `task/${taskId}`,
    path: `/tasks/${taskId}`,
    facts: {
      whom: person?.name ?? message.recipientEmail,
      address: message.recipientEmail,
      about: subjectOf(first.kind as EmailTemplate, first.facts as unknown as EmailFacts[EmailTemplate]),
      said: message.lastError ?? 'Nothing',
    },
  });
}

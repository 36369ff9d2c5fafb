/** The two ways in which the performance team sees to e-mails that could not be delivered: another address, or told in another way. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { Person } from '../libs/database/entities/people.js';
import { RequestAnswer } from '../libs/database/entities/record.js';
import { Message, Notice, Task } from '../libs/database/entities/tasks.js';
import { answerGivenTo, type RequestKey } from '../libs/database/request-answers.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { CouncilMoment } from './council-moment.js';
import { sealDigest } from './digest.js';

/** Who sees to which task; the same key counts once. */
export interface SeenTo extends RequestKey {
  taskId: string;
  personId: string;
}

/** What was done, the same for every repetition. */
export interface SeenToAnswer {
  /** How many e-mails were queued again. */
  sentAgain: number;
}

/**
 * Gives the person another address and sends them what had come back; the same address sends it again there.
 * A message keeps its Message-ID: its words are the same, and where both addresses lead to one mailbox, one copy is enough.
 * @throws DomainError 'not-found', 'not-now' if somebody saw to it already, 'invalid' for an address that is somebody else's
 */
export async function correctAddress(em: EntityManager, moment: CouncilMoment, seen: SeenTo & { email: string }): Promise<SeenToAnswer> {
  return once(em, moment, seen, async (task) => {
    const messages = await em.find(Message, { taskId: task.id, status: 'refused' }, { orderBy: { dueAt: 'asc' } });
    const from = messages[0]?.recipientEmail ?? '';
    const person = await recipientOf(em, moment.council.id, messages);
    if (!person) throw new DomainError('invalid', 'Nobody of this name and address works with the plans any more. Say how they were told.');
    await refuseTaken(em, person, seen.email);
    person.email = seen.email;
    for (const message of messages) await queueAgain(em, moment, message, seen.email);
    await em.flush();
    if (from !== seen.email) await leadElsewhere(em, moment.council.id, from, seen.email);
    const sentAgain = messages.filter(({ status }) => status === 'queued').length;
    task.closedBecause = from === seen.email ? `Sent again to ${from}` : `The address was corrected from ${from} to ${seen.email}`;
    const details = { task: task.id, from, to: seen.email, sentAgain };
    return { answer: { sentAgain }, act: { act: 'correct e-mail address', subject: `person ${person.id}`, details } };
  });
}

/**
 * Closes the task with the reason why nothing has to be sent again.
 * @throws DomainError 'not-found', 'not-now' if somebody saw to it already, 'invalid' without a reason
 */
export async function toldOtherwise(em: EntityManager, moment: CouncilMoment, seen: SeenTo & { reason: string }): Promise<SeenToAnswer> {
  const reason = seen.reason.trim();
  if (reason === '')
    throw new DomainError('invalid', 'Say how they were told.', [{ pointer: '/reason', detail: 'Enter how and when they were told' }]);
  return once(em, moment, seen, (task) => {
    task.closedBecause = `Told in another way: ${reason}`;
    return Promise.resolve({
      answer: { sentAgain: 0 },
      act: { act: 'told in another way', subject: `task ${task.id}`, details: { reason } },
    });
  });
}

/** The person that the messages were for: by their address, or by their name where the address was changed meanwhile. */
export async function recipientOf(em: EntityManager, councilId: string, messages: readonly Message[]): Promise<Person | null> {
  const emails = messages.map(({ recipientEmail }) => recipientEmail);
  const known = await em.findOne(Person, { councilId, email: { $in: emails }, leftOn: null });
  if (known) return known;
  const notice = await em.findOne(Notice, { messageId: { $in: messages.map(({ id }) => id) } });
  const name = notice?.facts['recipientName'];
  const [person, another] = typeof name === 'string' ? await em.find(Person, { councilId, name, leftOn: null }, { limit: 2 }) : [];
  return another ? null : (person ?? null);
}

type Done = { answer: SeenToAnswer; act: { act: string; subject: string; details: Record<string, unknown> } };

/** One of two clicks, or of two people, closes the task. */
async function once(
  em: EntityManager,
  { council, at }: CouncilMoment,
  { taskId, personId, key, bodyHash }: SeenTo,
  work: (task: Task) => Promise<Done>,
): Promise<SeenToAnswer> {
  const councilId = council.id;
  const task = await em.findOne(Task, { id: taskId, councilId, kind: 'undelivered' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!task) throw new DomainError('not-found', 'There is no such task.');
  const given = await answerGivenTo<SeenToAnswer>(em, { key, bodyHash });
  if (given) return given;
  if (task.closedAt) throw new DomainError('not-now', 'Somebody has seen to this already. Open the page again to see what was done.');
  const { answer, act } = await work(task);
  Object.assign(task, { closedAt: at, closedBy: personId });
  em.persist(em.create(RequestAnswer, { key, bodyHash, answer: { ...answer }, createdAt: at }));
  await em.flush();
  await em.execute("select pg_notify('messages', '')");
  await appendToAuditTrail(em, { councilId, at, personId, ...act });
  return answer;
}

async function refuseTaken(em: EntityManager, { id, councilId }: Person, email: string): Promise<void> {
  const other = await em.findOne(Person, { councilId, email, id: { $ne: id } });
  if (other)
    throw new DomainError('invalid', `${other.name} has this address already.`, [
      { pointer: '/email', detail: `${other.name} has this address already` },
    ]);
}

async function queueAgain(em: EntityManager, { council, at }: CouncilMoment, message: Message, email: string): Promise<void> {
  const now = council.clock.toServerTime(at);
  // Reminders of what was done meanwhile do not leave any more.
  if (message.digestOn) await sealDigest(em, message);
  if (message.status === 'dropped') return;
  Object.assign(message, {
    status: 'queued',
    recipientEmail: email,
    digestOn: null,
    sealed: true,
    attempts: 0,
    dueAt: now,
    nextAttemptAt: now,
  });
}

/** What is still queued for the old address goes to the new one too, and nobody is told there again what leaves now. */
async function leadElsewhere(em: EntityManager, councilId: string, from: string, to: string): Promise<void> {
  await em.execute(
    `update message set recipient_email = ? where council_id = ? and recipient_email = ? and status = 'queued' and not exists (
       select 1 from message other
       where other.council_id = message.council_id and other.recipient_email = ? and other.digest_on = message.digest_on)`,
    [to, councilId, from, to],
  );
  await em.execute(
    `update notice set recipient = ? where recipient = ?
       and message_id in (select id from message where council_id = ? and recipient_email = ? and status = 'queued')
       and not exists (
         select 1 from notice other
         where other.council_id = notice.council_id and other.kind = notice.kind and other.subject = notice.subject
           and other.recipient = ? and other.occurrence = notice.occurrence)`,
    [to, from, councilId, to, to],
  );
}

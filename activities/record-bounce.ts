/** What a mail server reported later about an e-mail that it had taken over: on record, and a task where it failed for good. */
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { appendToAuditTrail } from '../libs/database/audit-trail.js';
import { Message } from '../libs/database/entities/tasks.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { Bounce } from '../libs/email/read-bounce.js';
import type { CouncilMoment } from './council-moment.js';
import { openUndelivered } from './undelivered.js';

/** What became of a report. */
export interface RecordedBounce {
  /** 'known' for one that changes nothing: it was reported before, or the address has been corrected since. */
  outcome: 'failed' | 'delayed' | 'known';
  messageId: string;
  recipient: string;
  /** The performance team's task, where there is one. */
  taskId: string | null;
}

/**
 * Records a delivery report; the same report again changes nothing.
 * @param reportedBy the person for whom the mail server's program acts; null for the command line
 * @throws DomainError 'not-found' if it is about no message of this council
 */
export async function recordBounce(
  em: EntityManager,
  moment: CouncilMoment,
  bounce: Bounce,
  reportedBy: string | null,
): Promise<RecordedBounce> {
  const councilId = moment.council.id;
  const message = await messageOf(em, councilId, bounce);
  const { id: messageId, recipientEmail: recipient } = message;
  if (message.status === 'refused' || isAboutOldAddress(message, bounce))
    return { outcome: 'known', messageId, recipient, taskId: message.taskId ?? null };
  message.lastError = `${bounce.outcome === 'failed' ? 'Could not be delivered' : 'Delayed'}: ${bounce.said || 'no reason given'}`;
  if (bounce.outcome === 'delayed') return { outcome: 'delayed', messageId, recipient, taskId: null };
  message.status = 'refused';
  const taskId = await openUndelivered(em, moment, message);
  await em.flush();
  const details = { recipient, said: bounce.said, taskId };
  await appendToAuditTrail(em, {
    ...{ councilId, at: moment.at, personId: reportedBy, act: 'report undelivered e-mail', subject: `message ${messageId}`, details },
  });
  return { outcome: 'failed', messageId, recipient, taskId };
}

/** The message has left again to another address. Before that, a report may well name an address that ours forwards to. */
function isAboutOldAddress({ taskId, recipientEmail }: Message, { recipient }: Bounce): boolean {
  return Boolean(taskId) && recipient !== '' && recipient !== recipientEmail.toLowerCase();
}

/** By the Message-ID that came back; without one that is ours, the last message to the address that failed. */
async function messageOf(em: EntityManager, councilId: string, { messageUuids, recipient }: Bounce): Promise<Message> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  for (const id of messageUuids) {
    const message = await em.findOne(Message, { id, councilId }, { lockMode });
    if (message) return message;
  }
  const [latest] = recipient
    ? await em.find(
        Message,
        { councilId, recipientEmail: { $ilike: escapeLike(recipient) }, sentAt: { $ne: null } },
        { orderBy: { sentAt: 'desc' }, limit: 1, lockMode },
      )
    : [];
  if (latest) return latest;
  throw new DomainError('not-found', 'This delivery report is about no e-mail of this council, so nothing was recorded.');
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

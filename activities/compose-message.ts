/** The words of a message: its one notice's e-mail, or several strung together. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Notice, type Message } from '../libs/database/entities/tasks.js';
import { byUrgency, type EmailFacts, type EmailTemplate, type EveryEmail } from '../libs/email/email-facts.js';
import { renderDigest, renderEmail, type DigestItem } from '../libs/email/render-email.js';
import type { EmailMessage } from '../libs/email/send-email.js';

/**
 * Writes a message as it is sent: the same words each time, once it is sealed.
 * @param baseUrl the address that its links begin with
 * @throws Error if a notice cannot be written, or there is none
 */
export async function composeMessage(em: EntityManager, message: Message, baseUrl: string): Promise<EmailMessage> {
  const notices = await em.find(Notice, { messageId: message.id, leftOut: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const items = notices
    .map(({ kind, facts, createdAt }) => ({ kind: kind as EmailTemplate, facts: factsOf(facts, baseUrl), createdAt }))
    .sort(byUrgency)
    .map(({ kind, facts }): DigestItem => ({ template: kind, facts }));
  const [first, ...others] = items;
  if (!first) throw new Error(`The message ${message.id} has nothing to say.`);
  return {
    to: { name: first.facts.recipientName, address: message.recipientEmail },
    messageUuid: message.id,
    // Several plans' news in one e-mail belong to no one of them.
    threadUuid: message.thread ?? (others.length === 0 ? threadOf(notices[0]!.subject) : null),
    ...(others.length === 0 ? renderEmail(first.template, first.facts) : renderDigest(items)),
  };
}

function factsOf(stored: Record<string, unknown>, baseUrl: string): EmailFacts[EmailTemplate] {
  const facts = stored as unknown as EmailFacts[EmailTemplate] & EveryEmail;
  return { ...facts, link: new URL(facts.link, baseUrl).href };
}

/** The id of the plan, quarter or cycle in a notice's subject; null where the subject has none. */
export function threadOf(subject: string): string | null {
  const [, id = ''] = subject.split('/');
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}

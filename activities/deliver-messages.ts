/** Sends queued messages as they come, each with its own patience; none is lost, whatever the mail server does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Message, Notice } from '../libs/database/entities/tasks.js';
import { listenFor } from '../libs/database/listen.js';
import type { EveryEmail, EmailFacts, EmailTemplate } from '../libs/email/email-facts.js';
import { renderEmail } from '../libs/email/render-email.js';
import { EmailNotSent, type Mailer } from '../libs/email/send-email.js';

export interface Delivery {
  orm: MikroORM;
  mailer: Mailer;
  baseUrl: string;
}

/** How long to wait where nobody tells of a new message: a retry may have come due. */
const LOOK_AGAIN_MS = 2_000;

/** A person waits for the answer to the decision that a new message tells of; this worker gives that first. */
const AFTER_THE_ANSWER_MS = 150;

/**
 * Delivers until it is told to stop.
 * @param stopped ends the delivery after the message in hand
 * @param alive called at least every few seconds while all is well
 */
export async function deliverMessages(delivery: Delivery, stopped: AbortSignal, alive: () => void): Promise<void> {
  const beat = setInterval(alive, 4_000);
  const queue = await listenFor(delivery.orm, 'messages');
  try {
    while (!stopped.aborted) {
      alive();
      if (await deliverNext(delivery, serverNow())) continue;
      await queue.next(LOOK_AGAIN_MS, stopped);
      await sleep(AFTER_THE_ANSWER_MS);
    }
  } finally {
    clearInterval(beat);
    await queue.close();
  }
}

/**
 * Sends the oldest message that is due.
 * @param now messages whose next attempt is due by then are sent, in the server's time
 * @returns false if none is due
 */
export async function deliverNext(delivery: Delivery, now: Date): Promise<boolean> {
  return delivery.orm.em.fork().transactional(async (em) => {
    const [message] = await em.find(
      Message,
      { status: 'queued', nextAttemptAt: { $lte: now } },
      { orderBy: { nextAttemptAt: 'asc', createdAt: 'asc' }, limit: 1, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    );
    if (!message) return false;
    await attempt(em, delivery, message, now);
    return true;
  });
}

async function attempt(em: EntityManager, { mailer, baseUrl }: Delivery, message: Message, now: Date): Promise<void> {
  message.attempts += 1;
  try {
    const notice = await em.findOneOrFail(Notice, { messageId: message.id });
    const facts = notice.facts as unknown as EmailFacts[EmailTemplate] & EveryEmail;
    const to = { name: facts.recipientName, address: message.recipientEmail };
    const email = renderEmail(notice.kind as EmailTemplate, { ...facts, link: new URL(facts.link, baseUrl).href });
    await mailer.send({ to, messageUuid: message.id, threadUuid: message.thread ?? null, ...email });
    message.status = 'sent';
    message.sentAt = now;
    message.lastError = null;
  } catch (error) {
    message.lastError = error instanceof Error ? error.message : String(error);
    if (error instanceof EmailNotSent && error.permanent) message.status = 'refused';
    else message.nextAttemptAt = new Date(now.getTime() + pauseAfter(message.attempts));
  }
}

/** Half a minute, then twice as long each time, up to an hour: a mail server may be away for days. */
function pauseAfter(attempts: number): number {
  return Math.min(30_000 * 2 ** (attempts - 1), 3_600_000);
}

function serverNow(): Date {
  // Mail leaves in real time, whatever day the council lives on.
  // eslint-disable-next-line no-restricted-syntax
  return new Date();
}

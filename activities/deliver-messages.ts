/** Sends queued messages as they come, each with its own patience; none is lost, whatever the mail server does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { isGrpcServiceError, ServiceError, type Client } from '@temporalio/client';
import { Message } from '../libs/database/entities/tasks.js';
import { listenFor } from '../libs/database/listen.js';
import { EmailNotSent, type Mailer } from '../libs/email/send-email.js';
import { composeMessage } from './compose-message.js';
import { councilMoment, type CouncilMoment } from './council-moment.js';
import { digestTriedAgain, leavesWithTheMorning, sealDigest } from './digest.js';
import { sendPendingSignals } from './pending-signals.js';
import { openUndelivered } from './undelivered.js';

export interface Delivery {
  orm: MikroORM;
  mailer: Mailer;
  baseUrl: string;
}

/** How long to wait where nobody tells of a new message: a retry may have come due. */
const LOOK_AGAIN_MS = 2_000;

/** A person waits for the answer to the decision that a new message tells of; this worker gives that first. */
const AFTER_THE_ANSWER_MS = 150;

/** What a worker delivers with: besides mail the signals that were asked for. */
export type StandingDelivery = Delivery & { temporal: Client };

/**
 * Delivers until it is told to stop.
 * @param stopped ends the delivery after the message in hand
 * @param alive called at least every few seconds while all is well
 */
export async function deliverMessages(delivery: StandingDelivery, stopped: AbortSignal, alive: () => void): Promise<void> {
  const queue = await listenFor(delivery.orm, 'messages');
  const beat = setInterval(alive, 4_000);
  try {
    while (!stopped.aborted) {
      alive();
      if (await deliverNext(delivery, serverNow())) continue;
      await sendPendingSignals(delivery.orm, delivery.temporal).catch(leaveForLater);
      await queue.next(LOOK_AGAIN_MS, stopped);
      await sleep(AFTER_THE_ANSWER_MS);
    }
  } finally {
    clearInterval(beat);
    await queue.close();
  }
}

/** Without a Temporal server no signal can be sent, and mail leaves all the same. */
function leaveForLater(error: unknown): void {
  if (!(error instanceof ServiceError) && !isGrpcServiceError(error)) throw error;
}

/**
 * Takes the next message that is due one step on: a digest is sealed first, then sent like any other.
 * @param now messages whose next attempt is due by then are sent, in the server's time
 * @returns false if none is due
 */
export async function deliverNext(delivery: Delivery, now: Date): Promise<boolean> {
  return delivery.orm.em.fork().transactional(async (em) => {
    const id = await nextDue(em, now);
    if (!id) return false;
    const message = await em.findOneOrFail(Message, id);
    if (message.digestOn && !message.sealed) await prepareDigest(em, message, now);
    else await attempt(em, delivery, message, now);
    return true;
  });
}

/** On record before it is handed over: should this process die right after, nothing is added to what may have arrived. */
async function prepareDigest(em: EntityManager, message: Message, now: Date): Promise<void> {
  const morning = leavesWithTheMorning(await councilMoment(em, message.councilId, now.toISOString()), message);
  if (morning) message.nextAttemptAt = morning;
  else await sealDigest(em, message);
}

/** Those to one recipient leave in their order: one that has to wait for the mail server holds up the later ones, never the digest. */
async function nextDue(em: EntityManager, now: Date): Promise<string | null> {
  const [found] = await em.execute<{ id: string }[]>(
    `select id from message
     where status = 'queued' and next_attempt_at <= ? and not exists (
       select 1 from message earlier
       where earlier.status = 'queued' and earlier.council_id = message.council_id and earlier.recipient_email = message.recipient_email
         and (earlier.digest_on is null) = (message.digest_on is null)
         and (earlier.due_at, earlier.created_at, earlier.id) < (message.due_at, message.created_at, message.id))
     order by next_attempt_at, due_at, created_at, id limit 1 for update skip locked`,
    [now.toISOString()],
  );
  return found?.id ?? null;
}

async function attempt(em: EntityManager, { mailer, baseUrl }: Delivery, message: Message, now: Date): Promise<void> {
  message.attempts += 1;
  try {
    await mailer.send(await composeMessage(em, message, baseUrl));
    message.status = 'sent';
    message.sentAt = now;
    message.lastError = null;
  } catch (error) {
    message.lastError = error instanceof Error ? error.message : String(error);
    const moment = await councilMoment(em, message.councilId, now.toISOString());
    if (error instanceof EmailNotSent && error.permanent) await refuse(em, moment, message);
    else waitFor(message, moment, now, error);
  }
}

async function refuse(em: EntityManager, moment: CouncilMoment, message: Message): Promise<void> {
  message.status = 'refused';
  await openUndelivered(em, moment, message);
}

function waitFor(message: Message, { council }: CouncilMoment, now: Date, error: unknown): void {
  const soon = new Date(now.getTime() + pauseAfter(message.attempts));
  message.nextAttemptAt = message.digestOn ? digestTriedAgain(council, now, soon) : soon;
  // What surely did not arrive may have the next day's news added to it.
  if (message.digestOn) message.sealed = error instanceof EmailNotSent && error.mayHaveArrived;
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

/** The digest: one e-mail a day at most for each person, with everything that is not urgent (product.md 32). */
import type { EntityManager } from '@mikro-orm/postgresql';
import { randomUUID } from 'node:crypto';
import { instantOf, londonDay } from '../libs/calendar/council-clock.js';
import { DIGEST_HOUR } from '../libs/calendar/hours.js';
import type { CouncilAtWork } from '../libs/database/council-at-work.js';
import { Notice, Task, type LeftOut, type Message } from '../libs/database/entities/tasks.js';
import type { CouncilMoment } from './council-moment.js';

/**
 * The person's digest that a notice goes into: one of an earlier day that has not left, else the next day's. It stays open
 * until this transaction ends, so that the notice leaves with it; several transactions may add to it at once.
 * @returns the message's id
 */
export async function digestFor(em: EntityManager, moment: CouncilMoment, email: string): Promise<string> {
  const { council, at } = moment;
  const open = await keepOpen(em, moment, email);
  if (open) return open;
  for (let day = firstDigestDay(moment); ; day = council.calendar.addWorkingDays(day, 1)) {
    const leaves = digestInstant(council, day).toISOString();
    // Two who begin it at once: the second waits for the first, and finds it.
    await em.execute(
      `insert into message (id, council_id, recipient_email, digest_on, status, due_at, next_attempt_at, created_at)
       values (?, ?, ?, ?, 'queued', ?, ?, ?) on conflict (council_id, recipient_email, digest_on) do nothing`,
      [randomUUID(), council.id, email, day, leaves, leaves, at.toISOString()],
    );
    // A day whose digest has left, or is just leaving, has no room any more.
    const begun = await keepOpen(em, moment, email);
    if (begun) return begun;
  }
}

async function keepOpen(em: EntityManager, { council }: CouncilMoment, email: string): Promise<string | null> {
  const [found] = await em.execute<{ id: string }[]>(
    `select id from message
     where council_id = ? and recipient_email = ? and status = 'queued' and not sealed
       and digest_on is not null
     order by digest_on limit 1 for share skip locked`,
    [council.id, email],
  );
  return found?.id ?? null;
}

/** Today while the digest has not left, else the next working day. */
function firstDigestDay({ council, at, today }: CouncilMoment): string {
  const leavesToday = council.calendar.isWorkingDay(today) && at.toISOString() < new Date(instantOf(today, DIGEST_HOUR)).toISOString();
  return leavesToday ? today : council.calendar.addWorkingDays(today, 1);
}

/** When a day's digest leaves, in the server's time. */
function digestInstant({ clock }: CouncilAtWork, day: string): Date {
  return clock.toServerTime(new Date(instantOf(day, DIGEST_HOUR)));
}

/**
 * When a digest that could not leave is tried again: soon, but never on another day before that day's own hour, so that what
 * is added until then leaves with it.
 * @param soon when an ordinary message would be tried again, in the server's time
 */
export function digestTriedAgain(council: CouncilAtWork, now: Date, soon: Date): Date {
  const dayOf = (instant: Date): string => londonDay(council.clock.toCouncilTime(instant));
  if (dayOf(soon) === dayOf(now)) return soon;
  return digestInstant(council, council.calendar.nextWorkingDay(dayOf(soon)));
}

/**
 * When a digest leaves whose own day passed while nobody delivered: with the morning of the council's present or next working day,
 * and what that morning adds; null for one that is to leave now.
 */
export function leavesWithTheMorning(moment: CouncilMoment, { digestOn, attempts }: Message): Date | null {
  const { council, at, today } = moment;
  // One that was tried before has its hour already.
  if (!digestOn || digestOn >= today || attempts > 0) return null;
  const morning = digestInstant(council, council.calendar.nextWorkingDay(today));
  return morning > council.clock.toServerTime(at) ? morning : null;
}

/**
 * Decides what a digest says, once, before it is first handed over: what was done meanwhile is left out, and so is a reminder
 * that a later one repeats. The notices stay on record with the reason. A digest with nothing left is dropped.
 */
export async function sealDigest(em: EntityManager, message: Message): Promise<void> {
  const notices = await em.find(Notice, { messageId: message.id }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const ids = notices.flatMap(({ taskIds }) => taskIds ?? []);
  const open = new Set((await em.find(Task, { id: { $in: ids }, closedAt: null })).map(({ id }) => id));
  const latest = new Map(notices.map((notice) => [`${notice.kind} ${notice.subject}`, notice.id]));
  for (const notice of notices) notice.leftOut = whyLeftOut(notice, open, latest);
  if (notices.every(({ leftOut }) => leftOut)) message.status = 'dropped';
  else message.sealed = true;
}

function whyLeftOut(notice: Notice, open: ReadonlySet<string>, latest: ReadonlyMap<string, string>): LeftOut | null {
  // What reminds of no task is true for ever.
  if (!notice.taskIds?.length) return null;
  if (!notice.taskIds.some((id) => open.has(id))) return 'done';
  return latest.get(`${notice.kind} ${notice.subject}`) === notice.id ? null : 'said-later';
}

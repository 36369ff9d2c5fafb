/** One activity's view of its council: the rows, and the moment that the workflow gave it, in the council's time. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { instantOf, londonDay } from '../libs/calendar/council-clock.js';
import { councilAtWork, type CouncilAtWork } from '../libs/database/council-at-work.js';
import type { Instant } from '../workflows/activity-contract.js';

export interface CouncilMoment {
  council: CouncilAtWork;
  /** The moment in the council's time. */
  at: Date;
  /** The council's day at that moment. */
  today: string;
}

/** @param at the moment in the server's time, as the workflow gave it: on a skipped clock the process's own is wrong */
export async function councilMoment(em: EntityManager, councilId: string, at: Instant): Promise<CouncilMoment> {
  const council = await councilAtWork(em, councilId, () => Date.parse(at));
  const moment = council.clock.now();
  return { council, at: moment, today: londonDay(moment) };
}

/** A council's day and hour as the instant that a timer waits for, in the server's time. */
export function timerInstant(council: CouncilAtWork, date: string, hour: string): Instant {
  return council.clock.toServerTime(new Date(instantOf(date, hour))).toISOString();
}

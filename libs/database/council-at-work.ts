/** A council with its clock and calendar at hand, as activities and pages need it. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { createCouncilClock, type CouncilClock } from '../calendar/council-clock.js';
import { readKeptTimetable } from '../calendar/timetable-settings.js';
import { createCalendar, type Calendar } from '../calendar/working-days.js';
import { DomainError } from '../domain/domain-error.js';
import { Council, Meeting, type CouncilSettings } from './entities/council.js';

export interface CouncilAtWork {
  id: string;
  name: string;
  demonstration: boolean;
  settings: CouncilSettings;
  clock: CouncilClock;
  calendar: Calendar;
}

/**
 * Loads a council.
 * @param now the server's time in milliseconds; an activity hands in the moment that its workflow gave it
 * @throws DomainError 'not-found', or 'invalid' where a setting that has no default is missing
 */
export async function councilAtWork(em: EntityManager, councilId: string, now: () => number): Promise<CouncilAtWork> {
  const council = await em.findOne(Council, councilId);
  if (!council) throw new DomainError('not-found', `There is no council "${councilId}".`);
  return {
    id: council.id,
    name: council.name,
    demonstration: council.demonstration,
    settings: { ...council.settings, timetable: readKeptTimetable(council.settings.timetable) },
    clock: createCouncilClock(council.clockOffsetMs, now),
    calendar: createCalendar({ closures: council.settings.closures }),
  };
}

/** A council's meetings in the order of their days. */
export async function meetingsOf(em: EntityManager, councilId: string): Promise<Meeting[]> {
  return em.find(Meeting, { councilId }, { orderBy: { date: 'asc' } });
}

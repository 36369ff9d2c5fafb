/** Puts a year's plans, or the report on a quarter, on the agendas of the meetings that the rule names. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { meetingsToTake } from '../libs/calendar/coming-business.js';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import { meetingsOf, type CouncilAtWork } from '../libs/database/council-at-work.js';
import type { Meeting } from '../libs/database/entities/council.js';
import { meetingRules } from '../libs/database/meeting-change.js';

/**
 * Where some meeting of a body has the business already, that body's meetings stay as they are: a clerk has put it there. While
 * a meeting that it cannot do without is missing, it is put on none: the one that comes later may ask for others.
 * @returns the council's meetings in the order of their days, with the business on them
 */
export async function setBusiness(em: EntityManager, council: CouncilAtWork, business: Consideration): Promise<Meeting[]> {
  const meetings = await meetingsOf(em, council.id);
  const { found, missing } = meetingsToTake(business, meetings, meetingRules(council));
  if (missing.length === 0) for (const meeting of found) meeting.considers = [...meeting.considers, business];
  return meetings;
}

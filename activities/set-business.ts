/** Puts a year's plans, or the report on a quarter, on the agendas of the meetings that the rule names. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { meetingsToTake } from '../libs/calendar/coming-business.js';
import { bodyTitle } from '../libs/calendar/listed-meetings.js';
import { businessInWords } from '../libs/calendar/timetable.js';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import { meetingsOf, type CouncilAtWork } from '../libs/database/council-at-work.js';
import { DomainError } from '../libs/domain/domain-error.js';
import type { Meeting } from '../libs/database/entities/council.js';
import { meetingRules } from '../libs/database/meeting-change.js';

/**
 * Where some meeting of a body has the business already, that body's meetings stay as they are: a clerk has put it there. While
 * a meeting that it cannot do without is missing, it is put on none: the one that comes later may ask for others.
 * @throws DomainError 'invalid' that names the bodies of which a meeting is missing
 * @returns the council's meetings in the order of their days, with the business on them
 */
export async function setBusiness(em: EntityManager, council: CouncilAtWork, business: Consideration): Promise<Meeting[]> {
  const meetings = await meetingsOf(em, council.id);
  const { found, missing } = meetingsToTake(business, meetings, meetingRules(council));
  if (missing.length > 0) throw new DomainError('invalid', missingInWords(missing, council, business));
  for (const meeting of found) meeting.considers = [...meeting.considers, business];
  return meetings;
}

function missingInWords(missing: readonly string[], { settings }: CouncilAtWork, business: Consideration): string {
  const names = missing.map((id) => bodyTitle(id, settings.bodies)).join(' or ');
  return `No meeting of ${names} considers ${businessInWords(business)}. Add what is missing to the calendar of meetings.`;
}

/** Puts a year's plans, or the report on a quarter, on the agendas of the meetings that the rule names. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { meetingsFor } from '../libs/calendar/listed-meetings.js';
import { isToCome } from '../libs/domain/meeting.js';
import { isSameBusiness } from '../libs/calendar/timetable.js';
import type { Consideration } from '../libs/calendar/timetable-settings.js';
import { meetingsOf, type CouncilAtWork } from '../libs/database/council-at-work.js';
import type { Meeting } from '../libs/database/entities/council.js';

/**
 * Where some meeting of a body has the business already, that body's meetings stay as they are: a clerk has put it there. While
 * a meeting that it cannot do without is missing, it is put on none: the one that comes later may ask for others.
 * @returns the council's meetings in the order of their days, with the business on them
 */
export async function setBusiness(em: EntityManager, council: CouncilAtWork, business: Consideration): Promise<Meeting[]> {
  const { settings, calendar, id } = council;
  const meetings = await meetingsOf(em, id);
  const isSet = (body: string): boolean =>
    meetings.some((meeting) => meeting.body === body && meeting.considers.some((item) => isSameBusiness(item, business)));
  const rules = { bodies: settings.bodies, settings: settings.timetable, calendar };
  const found = meetingsFor(
    business,
    meetings.filter(({ state }) => isToCome(state)),
    rules,
  ).filter(({ body }) => !isSet(body));
  const { review, committee, cabinet } = settings.timetable.bodies;
  const needed = [review, business.what === 'plans' ? committee : cabinet];
  if (needed.every((body) => isSet(body) || found.some((meeting) => meeting.body === body)))
    for (const meeting of found) meeting.considers = [...meeting.considers, business];
  return meetings;
}

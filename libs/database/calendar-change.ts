/** What a change of the council's closures and polling days does to every timetable: one answer, for the preview and for the record. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { withCalendarChanged, type SpecialDays } from '../calendar/special-days.js';
import type { CalendarChange } from '../domain/calendar-change.js';
import { createCalendar } from '../calendar/working-days.js';
import { meetingsOf, type CouncilAtWork } from './council-at-work.js';
import type { CouncilSettings } from './entities/council.js';
import { meetingRules, workOutTimetables, type WorkedOutTimetables } from './meeting-change.js';

/** The days after the change, and every timetable by them; nothing of it is written. */
export interface WorkedOutCalendarChange extends WorkedOutTimetables {
  days: SpecialDays;
}

/** The closures and polling days of a council's settings. */
export function specialDaysOf({ closures, timetable, dayNames }: CouncilSettings): SpecialDays {
  return { closures, pollingDays: timetable.pollingDays ?? [], names: dayNames ?? { closures: {}, polls: {} } };
}

/** The same settings with other days. */
export function withSpecialDays(settings: CouncilSettings, { closures, pollingDays, names }: SpecialDays): CouncilSettings {
  return { ...settings, closures: [...closures], timetable: { ...settings.timetable, pollingDays: [...pollingDays] }, dayNames: names };
}

/**
 * @param today the council's day
 * @throws DomainError 'invalid' for a change that cannot be
 */
export async function workOutCalendarChange(
  em: EntityManager,
  council: CouncilAtWork,
  change: CalendarChange,
  today: string,
): Promise<WorkedOutCalendarChange> {
  const days = withCalendarChanged(specialDaysOf(council.settings), change, today);
  const then = { settings: withSpecialDays(council.settings, days), calendar: createCalendar({ closures: days.closures }) };
  const meetings = await meetingsOf(em, council.id);
  const [was, is] = [council, { ...council, ...then }].map((one) => ({ meetings, rules: meetingRules(one) }));
  return { days, ...(await workOutTimetables(em, council.id, was!, is!, today)) };
}

/** What a change of the council's closures and polling days does to every timetable: one answer, for the preview and for the record. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { standingMeetings } from '../calendar/change-meeting.js';
import { weekdayInWords } from '../calendar/dates.js';
import { bodyTitle } from '../calendar/listed-meetings.js';
import { withCalendarChanged, type SpecialDays } from '../calendar/special-days.js';
import type { CalendarChange } from '../domain/calendar-change.js';
import { createCalendar } from '../calendar/working-days.js';
import { clashesInWords, clashesOfChange, effectsInWords, type ClashInWords, type EffectsInWords } from './changed-dates.js';
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

/** Everything that follows from a change of the calendar, in the words in which it is shown before it is made. */
export interface CalendarFollows extends EffectsInWords {
  clashes: ClashInWords[];
}

/** @param today the council's day */
export function whatCalendarFollows(changed: WorkedOutCalendarChange, today: string): CalendarFollows {
  return {
    ...effectsInWords(changed),
    clashes: clashesInWords([...meetingsOnClosedDays(changed, today), ...clashesOfChange(changed, today)]),
  };
}

function meetingsOnClosedDays({ was, is }: WorkedOutCalendarChange, today: string): ClashInWords[] {
  const isClosedNow = (date: string): boolean => was.rules.calendar.isWorkingDay(date) && !is.rules.calendar.isWorkingDay(date);
  return standingMeetings(is.meetings)
    .filter(({ date }) => date >= today && isClosedNow(date))
    .map(({ body, date }) => ({
      what: `${bodyTitle(body, is.rules.bodies)} on ${weekdayInWords(date)}`,
      why: 'The council is closed then. Move the meeting, or leave that day open.',
    }));
}

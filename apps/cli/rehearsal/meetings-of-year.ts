/** A year's meetings for a rehearsal: the demonstration's, on the same weekdays of another year. */
import { Temporal } from 'temporal-polyfill';
import type { CalendarSettings, Meeting } from '../../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../../libs/calendar/working-days.js';

/** The demonstration's meetings are for the plans of the first and the reports on the quarters of the second. */
const YEARS_OF_MEETINGS = { plans: 2026, quarter: 2025 };

/**
 * The meetings that consider a year's plans and the reports on its own quarters. What each considers is left to the rule.
 * @param year the plans' financial year, '2028/29'
 * @param council the demonstration's bodies, closures and meetings
 */
export function meetingsOfYear(year: string, { meetings, closures }: Pick<CalendarSettings, 'meetings' | 'closures'>): Meeting[] {
  const calendar = createCalendar({ closures });
  const start = Number(year.slice(0, 4));
  const moved = meetings.flatMap(({ body, date, considers }) =>
    [...new Set(considers.map(({ what }) => start - YEARS_OF_MEETINGS[what]))].map((years) => ({ body, date: sameWeekday(date, years) })),
  );
  const days = new Map<string, Meeting>();
  for (const { body, date } of moved.sort((a, b) => a.date.localeCompare(b.date))) {
    const day = freeDay(date, (each) => calendar.isWorkingDay(each) && !days.has(`${body} ${each}`));
    days.set(`${body} ${day}`, { body, date: day, considers: [] });
  }
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date) || a.body.localeCompare(b.body));
}

/** The nearest day of the same weekday, so many years on: a committee that meets on Tuesdays goes on doing so. */
function sameWeekday(date: string, years: number): string {
  const from = Temporal.PlainDate.from(date);
  const to = from.add({ years });
  const ahead = (from.dayOfWeek - to.dayOfWeek + 7) % 7;
  return to.add({ days: ahead > 3 ? ahead - 7 : ahead }).toString();
}

/** The day itself, or the first that will do a week or more later. */
function freeDay(date: string, isFree: (date: string) => boolean): string {
  let day = Temporal.PlainDate.from(date);
  while (!isFree(day.toString())) day = day.add({ weeks: 1 });
  return day.toString();
}

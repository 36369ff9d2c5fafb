/** Council days as people read them: in words, with the weekday, and how far off they are. */
import { Temporal } from 'temporal-polyfill';
import { DomainError } from '../domain/domain-error.js';
import type { Calendar } from './working-days.js';

const DAY_IN_WORDS = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });

/**
 * Reads a council day.
 * @param date 'YYYY-MM-DD'
 * @throws DomainError 'invalid' for a day that does not exist or is written otherwise
 */
export function parseDay(date: string): Temporal.PlainDate {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return Temporal.PlainDate.from(date);
  } catch {
    // A day that does not exist, such as 2025-02-30, is refused below like any other text.
  }
  throw new DomainError('invalid', `"${date}" is not a date. Write it like 2025-11-03.`);
}

/** '2026-03-31' → '31 March 2026'. */
export function inWords(date: string): string {
  return DAY_IN_WORDS.format(atMidnight(date));
}

/** '2025-11-18' → 'Tuesday 18 November 2025'. */
export function weekdayInWords(date: string): string {
  return `${WEEKDAY.format(atMidnight(date))} ${inWords(date)}`;
}

/** '2025-11-18' → 'Tuesday 18 November', where the year is known. */
export function weekdayAndDay(date: string): string {
  return weekdayInWords(date).replace(/ \d{4}$/, '');
}

/**
 * How far off a day is, as pages and e-mails say it: 'today', 'in 11 working days', '3 working days ago'.
 * Where no working day lies between, it counts days: on a Friday, Saturday is 'in 1 day'.
 */
export function countdown(today: string, date: string, calendar: Calendar): string {
  if (date === today) return 'today';
  const ahead = date > today;
  const [from, to] = ahead ? [today, date] : [date, today];
  const workingDays = calendar.workingDaysBetween(from, to);
  const amount = workingDays > 0 ? counted(workingDays, 'working day') : counted(parseDay(from).until(parseDay(to)).days, 'day');
  return ahead ? `in ${amount}` : `${amount} ago`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function atMidnight(date: string): Date {
  return new Date(`${parseDay(date).toString()}T00:00:00Z`);
}

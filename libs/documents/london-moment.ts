/** When a meeting is, as a file writes it: whichever zone the file speaks of, the day and the hour in London count. */
import { Temporal } from 'temporal-polyfill';
import { readTimeOfDay } from '../calendar/time-of-day.js';

const LONDON = 'Europe/London';

/** The years that a calendar of a council can speak of; anything else is a slip of the pen, or '26' read as the year 26. */
const [FIRST_YEAR, LAST_YEAR] = [2000, 2099];

/** A day 'YYYY-MM-DD' with the hour 'HH:MM'; null where only the day is known. */
export interface LondonMoment {
  date: string;
  time: string | null;
}

/** An instant as London's clocks show it. Midnight, there or in UTC, is how programs write a day without an hour. */
export function momentOfInstant(instant: Temporal.Instant): LondonMoment {
  const there = instant.toZonedDateTimeISO(LONDON);
  const isMidnightUtc = instant.toZonedDateTimeISO('UTC').toPlainTime().equals('00:00');
  return momentOfWallClock(there.toPlainDate().toString(), isMidnightUtc ? null : there.toPlainTime().toString({ smallestUnit: 'minute' }));
}

/** A day and an hour on London's own clocks; midnight says that no hour is given. */
export function momentOfWallClock(date: string, time: string | null): LondonMoment {
  return { date, time: time === '00:00' ? null : time };
}

/**
 * '2026-01-20', '20/01/2026', 'Tue 20 January 2026', the same with an hour behind them, and '2026-06-30T23:30:00Z', which is the
 * first of July in London.
 * @returns null for what is no day, or no day of our time
 */
export function readMoment(text: string): LondonMoment | null {
  const moment = momentIn(text);
  return moment !== null && isOfOurTime(moment.date) ? moment : null;
}

/** Why `readMoment` finds no day in a text, as the end of a sentence about it. */
export function whyNoDay(text: string): string {
  const day = momentIn(text)?.date;
  return day === undefined
    ? 'is not a date. Write it like 2026-01-20'
    : `lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}. Write the year that is meant, like 2026-01-20`;
}

/** Longer than any day is written. */
const LIMIT = 100;

function momentIn(text: string): LondonMoment | null {
  return text.length > LIMIT ? null : (instantIn(text) ?? wallClockIn(text));
}

function isOfOurTime(date: string): boolean {
  return date >= `${FIRST_YEAR}-01-01` && date <= `${LAST_YEAR}-12-31`;
}

/** A time of the day that says how far it is from UTC: 'Z' or '+01:00'. */
function instantIn(text: string): LondonMoment | null {
  const parts = /^(\d{4}-\d\d-\d\d)[T ]+(\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(z|[+-]\d\d(?::?\d\d)?)$/i.exec(text.trim());
  if (!parts) return null;
  try {
    return momentOfInstant(Temporal.Instant.from(`${parts[1]}T${parts[2]}${parts[3]}`));
  } catch {
    return null;
  }
}

function wallClockIn(text: string): LondonMoment | null {
  const date = dayIn(text);
  const hour = /[T ,]+(\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)/i.exec(text)?.[1];
  return date === null ? null : momentOfWallClock(date, readTimeOfDay(hour ?? ''));
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function dayIn(text: string): string | null {
  const words = text
    .trim()
    .replace(/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/i, '')
    .replace(/[T ,]+\d{1,2}[:.]\d\d.*$/, '');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words);
  const named = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*[.,]?\s+(\d{4})$/i.exec(words);
  if (iso) return existing(iso[1], iso[2], iso[3]);
  if (british) return existing(british[3], british[2], british[1]);
  return named ? existing(named[3], String(MONTHS.indexOf((named[2] ?? '').toLowerCase()) + 1), named[1]) : null;
}

function existing(year?: string, month?: string, day?: string): string | null {
  try {
    return Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** The meetings of an iCalendar file (RFC 5545), each event one meeting; the day and the hour in London count. */
import ical, { type VEvent } from 'node-ical';
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import { DomainError } from '../domain/domain-error.js';
import { calendarEntry } from './calendar-entry.js';

const LONDON = 'Europe/London';

/** @throws DomainError 'invalid' for an event without a day, or one that repeats */
export function entriesOfCalendar(text: string): CalendarEntry[] {
  return Object.values(ical.sync.parseICS(text)).flatMap((item) => (item?.type === 'VEVENT' ? [entryOf(item)] : []));
}

function entryOf(event: VEvent): CalendarEntry {
  const body = textOf(event.summary);
  const at = `The entry “${body}” of the calendar`;
  if (event.rrule)
    throw new DomainError(
      'invalid',
      `${at} repeats instead of naming each day. Export the calendar with every meeting as an entry of its own.`,
    );
  const start = event.start as Date | undefined;
  if (!start || Number.isNaN(start.getTime())) throw new DomainError('invalid', `${at} has no day. Give it one, or take it out.`);
  return calendarEntry(
    {
      body,
      ...(event.datetype === 'date' ? { date: localDay(start) } : inLondon(start)),
      place: textOf(event.location),
      address: textOf(event.url),
      uid: textOf(event.uid),
      status: textOf(event.status),
    },
    at,
  );
}

function inLondon(instant: Date): { date: string; time: string } {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(LONDON);
  return { date: moment.toPlainDate().toString(), time: moment.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

/** A whole day comes as midnight of the machine's own time zone. */
function localDay(date: Date): string {
  return Temporal.PlainDate.from({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() }).toString();
}

/** A property with parameters comes as an object. */
function textOf(property: unknown): string {
  if (typeof property === 'object' && property !== null && 'val' in property) return textOf(property.val);
  return typeof property === 'string' ? property.trim() : '';
}

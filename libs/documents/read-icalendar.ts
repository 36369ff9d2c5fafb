/** The meetings of an iCalendar file (RFC 5545), each event one meeting; the day and the hour in London count. */
import { Temporal } from 'temporal-polyfill';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import { DomainError } from '../domain/domain-error.js';
import { calendarEntry } from './calendar-entry.js';
import { linesOf, partInWords, partsOfCalendar, propertyOf, unreadableLine, type CalendarPart } from './icalendar-parts.js';
import { createLocalTimeReader, type ReadLocalTime } from './icalendar-zones.js';
import { momentOfInstant, type LondonMoment } from './london-moment.js';

/**
 * @throws DomainError 'unreadable' for a file that is damaged or was cut short; 'invalid' for an event without a day, one that repeats,
 * and two that go by one id
 */
export function entriesOfCalendar(text: string): CalendarEntry[] {
  const { parts, method } = partsOfCalendar(text);
  const readLocalTime = createLocalTimeReader(parts);
  const events = parts.filter(({ name }) => name === 'VEVENT');
  return withoutRepeats(events.map((event) => ({ event, entry: entryOf(event, method, readLocalTime) })));
}

function entryOf(event: CalendarPart, method: string | null, readLocalTime: ReadLocalTime): CalendarEntry {
  const at = partInWords(event);
  // An RRULE or RDATE is a series; a RECURRENCE-ID is one day of a series that was changed, of which this is no complete account.
  if (['RRULE', 'RDATE', 'RECURRENCE-ID'].some((name) => linesOf(event, name).length > 0))
    throw new DomainError(
      'invalid',
      `${at} repeats instead of naming each day. Export the calendar with every meeting as an entry of its own.`,
    );
  const { date, time } = startOf(event, readLocalTime);
  return calendarEntry(
    {
      ...{ body: wordsOf(event, 'SUMMARY'), date, time: time ?? undefined },
      place: wordsOf(event, 'LOCATION'),
      address: wordsOf(event, 'URL'),
      uid: wordsOf(event, 'UID'),
      status: method === 'CANCEL' ? 'cancelled' : wordsOf(event, 'STATUS'),
    },
    at,
  );
}

/** The day, and the hour if one is given: a whole day, a time in UTC, or one on the clocks of some place. */
function startOf(event: CalendarPart, readLocalTime: ReadLocalTime): LondonMoment {
  const [line, second] = linesOf(event, 'DTSTART');
  const property = propertyOf(event, 'DTSTART');
  if (!line || !property) throw new DomainError('invalid', `${partInWords(event)} has no day. Give it one, or take it out.`);
  if (second) throw unreadableLine(second, event, 'gives it a second day');
  const value = String((property.toJSON() as unknown[])[3]);
  const [, date, hour, minute, seconds, utc] = /^(\d{4}-\d\d-\d\d)(?:T(?:(\d\d):(\d\d):(\d\d)?(Z?)|::))?$/i.exec(value) ?? [];
  const zone = property.getFirstParameter('tzid') as string | undefined;
  const wrongForm = `is no day as a calendar writes it: 20260120 or 20260120T180000${zone === undefined ? '' : ', with a time zone in quotation marks if its name has a comma or a colon'}`;
  if (date === undefined) throw unreadableLine(line, event, wrongForm);
  if (hour === undefined) return { date, time: null };
  const local = localTime(`${date}T${hour}:${minute}:${seconds ?? '00'}`);
  if (!local) throw unreadableLine(line, event, 'is a day or an hour that does not exist');
  return utc ? momentOfInstant(local.toZonedDateTime('UTC').toInstant()) : readLocalTime(local, zone ?? null);
}

function localTime(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    return null;
  }
}

function wordsOf(event: CalendarPart, name: string): string {
  const value: unknown = propertyOf(event, name)?.getFirstValue();
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * An id stands for one event. Two that are quite the same are one; of two that differ nobody can tell whether they are two meetings
 * or one that was changed.
 */
function withoutRepeats(read: readonly { event: CalendarPart; entry: CalendarEntry }[]): CalendarEntry[] {
  const byId = new Map<string, { event: CalendarPart; entry: CalendarEntry }>();
  return read.flatMap((one) => {
    const { uid } = one.entry;
    const first = uid === null ? undefined : byId.get(uid);
    if (uid !== null && !first) byId.set(uid, one);
    if (!first) return [one.entry];
    if (JSON.stringify(first.entry) === JSON.stringify(one.entry)) return [];
    throw new DomainError(
      'invalid',
      `${partInWords(one.event)} (line ${one.event.line}) has the same UID as another, “${first.entry.body}” on ${first.entry.date} (line ${first.event.line}), ` +
        'so one may be the other after a change. Take out the one that no longer holds, or give each its own UID.',
    );
  });
}

/** A calendar that other programs subscribe to: days and hours with an address each, the same entry wherever a date moves to. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';

/** One entry of a feed. */
export interface FeedEntry {
  /** The same for ever, so that a calendar moves the entry that it has instead of adding another. */
  uid: string;
  /** Goes up with each change, so that a calendar knows which form is the later one (RFC 5545, SEQUENCE). */
  sequence: number;
  title: string;
  /** 'YYYY-MM-DD' */
  date: string;
  /** In London, 'HH:MM'; without it the entry is of the whole day. */
  time?: string | null;
  place?: string | null;
  /** A cancelled entry stays, so that calendars strike it out where they have it. */
  cancelled?: boolean;
  description: string;
  /** The full address of the page that it is about. */
  url: string;
}

const LONDON = 'Europe/London';

/** What a program that does not know London's time is told (RFC 5545, VTIMEZONE): clocks change at 01:00 UTC on the last Sundays. */
const LONDON_TIME = [
  'BEGIN:VTIMEZONE',
  `TZID:${LONDON}`,
  'BEGIN:DAYLIGHT',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0100',
  'TZNAME:BST',
  'DTSTART:19810329T010000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0000',
  'TZNAME:GMT',
  'DTSTART:19961027T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * The feed as an iCalendar text.
 * @param name what the calendar is called
 * @param stamp when it was written
 */
export function writeCalendarFeed(name: string, entries: readonly FeedEntry[], stamp: Date): string {
  const calendar = ical({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Plancycle', product: 'business plan cycle', language: 'EN' },
    // How often a program should look again, in seconds.
    ttl: 3_600,
    timezone: { name: LONDON, generator: () => LONDON_TIME },
  });
  for (const { uid, sequence, title, date, time, place, cancelled, description, url } of entries)
    calendar.createEvent({
      id: uid,
      sequence,
      stamp,
      ...(time
        ? { start: Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: LONDON, plainTime: time }), timezone: LONDON }
        : wholeDay(date)),
      summary: title,
      description,
      ...(place ? { location: place } : {}),
      ...(cancelled ? { status: ICalEventStatus.CANCELLED } : {}),
      url,
    });
  // The library writes it by the calendar's zone; it has to be in UTC (RFC 5545 3.8.7.2).
  const inUtc = stamp.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return calendar.toString().replaceAll(/^DTSTAMP:.*$/gm, `DTSTAMP:${inUtc}`);
}

function wholeDay(date: string): { start: Date; allDay: true; timezone: 'UTC' } {
  const { year, month, day } = Temporal.PlainDate.from(date);
  // The library writes the day as the machine's own time zone has it.
  return { start: new Date(year, month - 1, day), allDay: true, timezone: 'UTC' };
}

/** A calendar that other programs subscribe to: whole days with an address each, the same entry wherever a date moves to. */
import ical, { ICalCalendarMethod } from 'ical-generator';

/** One entry of a feed. */
export interface FeedEntry {
  /** The same for ever, so that a calendar moves the entry that it has instead of adding another. */
  uid: string;
  /** Goes up with each change, so that a calendar knows which form is the later one (RFC 5545, SEQUENCE). */
  sequence: number;
  title: string;
  /** 'YYYY-MM-DD' */
  date: string;
  description: string;
  /** The full address of the page that it is about. */
  url: string;
}

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
  });
  for (const { uid, sequence, title, date, description, url } of entries)
    calendar.createEvent({
      id: uid,
      sequence,
      stamp,
      start: new Date(`${date}T00:00:00Z`),
      allDay: true,
      timezone: 'UTC',
      summary: title,
      description,
      url,
    });
  return calendar.toString();
}

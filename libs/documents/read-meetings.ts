/** A council's calendar of meetings, read from JSON, CSV or an iCalendar file as Modern.Gov gives them out. */
import { z } from 'zod';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import type { ListedMeeting } from '../calendar/listed-meetings.js';
import { DomainError } from '../domain/domain-error.js';
import { calendarEntry, type EntryWords } from './calendar-entry.js';
import { decodeTable } from './decode-text.js';
import { readMoment, whyNoDay } from './london-moment.js';
import { entriesOfCsv } from './read-meetings-csv.js';
import { entriesOfCalendar } from './read-icalendar.js';

/** What a calendar's file may have, 2 MB: a year of every committee's meetings has less than a tenth of it. */
export const CALENDAR_LIMIT_BYTES = 2 * 1024 * 1024;

/** Why a file beyond the limit is refused. */
export const CALENDAR_TOO_LARGE =
  'This file is larger than 2 MB, far more than a calendar of meetings needs. Export the coming year only, and choose that file.';

/**
 * The meetings of a file, in its order; cancelled ones are marked.
 * @param site where the council's Modern.Gov has its pages, for a file that has its numbers and no addresses
 * @throws DomainError 'unreadable' for a file in none of the three forms, damaged or cut short; 'invalid' with the place of what is missing or wrong
 */
export function readMeetings(bytes: Uint8Array, { site }: { site?: string | undefined } = {}): CalendarEntry[] {
  if (bytes.length > CALENDAR_LIMIT_BYTES) throw new DomainError('unreadable', CALENDAR_TOO_LARGE);
  const text = decodeTable(bytes);
  const read = /^\s*BEGIN:VCALENDAR/i.test(text) ? entriesOfCalendar : /^\s*[[{]/.test(text) ? fromJson : entriesOfCsv;
  const meetings = read(text, site);
  if (meetings.length === 0) throw new DomainError('invalid', 'The file holds no meeting. It needs a list of bodies and dates.');
  return meetings;
}

const words = z.union([z.string(), z.number().transform(String)]).nullish();
const entry = z.object({
  body: z.string().trim().min(1),
  date: z.string().refine((date) => readMoment(date) !== null, { error: ({ input }) => `“${String(input)}” ${whyNoDay(String(input))}` }),
  ...{ time: words, place: words, location: words, venue: words, address: words, url: words, uid: words, id: words, status: words },
  cancelled: z.boolean().nullish(),
  extraordinary: z.boolean().nullish(),
  /** What of a meeting is public already. */
  ...{ agendaIsPublished: z.boolean().optional(), noticeIsGiven: z.boolean().optional() },
});

function fromJson(text: string, site: string | undefined): CalendarEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new DomainError('unreadable', `The list of meetings is not JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
  const list = Array.isArray(content) ? content : (content as { meetings?: unknown }).meetings;
  const parsed = z.array(entry).safeParse(list);
  if (parsed.success)
    return parsed.data.map((one, index) => ({
      ...calendarEntry({ ...fromObject(one), site }, `Meeting ${index + 1} of the list`),
      ...publicAlready(one),
    }));
  const fields = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new DomainError(
    'invalid',
    `The list of meetings needs a "body" and a "date" for each (at ${fields[0]?.pointer}: ${fields[0]?.detail}).`,
    fields,
  );
}

function fromObject({ body, date, time, status, cancelled, extraordinary, ...one }: z.infer<typeof entry>): EntryWords {
  return {
    ...{ body, date, time: time ?? undefined, status: cancelled ? 'cancelled' : (status ?? undefined) },
    ...(extraordinary && { extraordinary: 'yes' }),
    place: one.place ?? one.location ?? one.venue ?? undefined,
    address: one.address ?? one.url ?? undefined,
    uid: one.uid ?? one.id ?? undefined,
  };
}

function publicAlready({
  agendaIsPublished,
  noticeIsGiven,
}: z.infer<typeof entry>): Pick<ListedMeeting, 'agendaIsPublished' | 'noticeIsGiven'> {
  return { ...(agendaIsPublished && { agendaIsPublished }), ...(noticeIsGiven && { noticeIsGiven }) };
}

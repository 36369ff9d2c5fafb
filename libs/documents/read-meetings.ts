/** A council's calendar of meetings, read from JSON, CSV or an iCalendar file as Modern.Gov gives them out. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { CalendarEntry } from '../calendar/compare-calendar.js';
import type { ListedMeeting } from '../calendar/listed-meetings.js';
import { DomainError } from '../domain/domain-error.js';
import { calendarEntry, readDay, type EntryWords } from './calendar-entry.js';
import { decodeText } from './decode-text.js';
import { entriesOfCalendar } from './read-icalendar.js';

/** What a calendar's file may have, 2 MB: a year of every committee's meetings has less than a tenth of it. */
export const CALENDAR_LIMIT_BYTES = 2 * 1024 * 1024;

/** Why a file beyond the limit is refused. */
export const CALENDAR_TOO_LARGE =
  'This file is larger than 2 MB, far more than a calendar of meetings needs. Export the coming year only, and choose that file.';

/**
 * The meetings of a file, in its order; cancelled ones are marked.
 * @param site where the council's Modern.Gov has its pages, for a file that has its numbers and no addresses
 * @throws DomainError 'unreadable' for a file in none of the three forms; 'invalid' with the place of what is missing or wrong
 */
export function readMeetings(bytes: Uint8Array, { site }: { site?: string | undefined } = {}): CalendarEntry[] {
  if (bytes.length > CALENDAR_LIMIT_BYTES) throw new DomainError('unreadable', CALENDAR_TOO_LARGE);
  const text = decodeText(bytes);
  const read = /^\s*BEGIN:VCALENDAR/i.test(text) ? entriesOfCalendar : /^\s*[[{]/.test(text) ? fromJson : fromCsv;
  const meetings = read(text, site);
  if (meetings.length === 0) throw new DomainError('invalid', 'The file holds no meeting. It needs a list of bodies and dates.');
  return meetings;
}

const words = z.union([z.string(), z.number().transform(String)]).nullish();
const entry = z.object({
  body: z.string().trim().min(1),
  date: z
    .string()
    .refine((date) => readDay(date) !== null, { error: ({ input }) => `“${String(input)}” is not a date. Write it like 2026-01-20` }),
  ...{ time: words, place: words, location: words, venue: words, address: words, url: words, uid: words, id: words, status: words },
  cancelled: z.boolean().nullish(),
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

function fromObject({ body, date, time, status, cancelled, ...one }: z.infer<typeof entry>): EntryWords {
  return {
    ...{ body, date, time: time ?? undefined, status: cancelled ? 'cancelled' : (status ?? undefined) },
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

/** The headings of each column in lower case, one word from another by a space: 'CId' is 'c id'. The first that fits counts. */
const COLUMNS: Record<keyof EntryWords, readonly RegExp[]> = {
  body: [
    /^(?:body|committee)(?: name| title)?$/,
    /^(?:meeting|name|title|subject|summary)(?: name| title)?$/,
    /^(?:body|committee)\b(?!.* id$)/,
  ],
  date: [/^(?:meeting |start )?(?:date|day)\b/, /^start\b(?! time)/],
  time: [/^(?:meeting |start )?time\b/],
  place: [/^(?:meeting )?(?:place|location|venue|room)\b/],
  address: [/^(?:meeting |agenda )?(?:url|link|web page|web address|address|page)\b/],
  uid: [/^(?:uid|id)$/],
  status: [/^(?:meeting )?(?:status|state|cancell?ed)$/],
  committee: [/^(?:committee|c) ?id$/],
  meeting: [/^(?:meeting|m) ?id$/],
  site: [/^(?:site|web ?site)\b/],
};

function fromCsv(text: string, site: string | undefined): CalendarEntry[] {
  const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, delimiter: [',', ';', '\t'] });
  const [header = [], ...lines] = rows;
  const headings = header.map((one) =>
    one
      .replace(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  );
  const columnOf = (name: keyof EntryWords): number =>
    COLUMNS[name].map((pattern) => headings.findIndex((heading) => pattern.test(heading))).find((index) => index >= 0) ?? -1;
  const at = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, columnOf(name as keyof EntryWords)])) as Record<
    keyof EntryWords,
    number
  >;
  if (at.body < 0 || at.date < 0)
    throw new DomainError('unreadable', 'This is no list of meetings. A CSV file needs a first line with the headings “body” and “date”.');
  const statusOf = (cell: string): string =>
    /cancel/.test(headings[at.status] ?? '') && /^(?:yes|y|true|1)$/i.test(cell) ? 'cancelled' : cell;
  return lines.map((cells, index) => {
    const named = Object.fromEntries(Object.entries(at).map(([name, column]) => [name, cells[column]])) as unknown as EntryWords;
    const { body = '', date = '', status = '' } = named;
    return calendarEntry({ ...named, body, date, status: statusOf(status), site: named.site ?? site }, `Line ${index + 2} of the list`);
  });
}

/** A council's list of meetings, read from JSON, CSV or an iCalendar file as Modern.Gov gives them out. */
import { parse } from 'csv-parse/sync';
import ical from 'node-ical';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { ListedMeeting } from '../calendar/listed-meetings.js';
import { DomainError } from '../domain/domain-error.js';
import { decodeText } from './decode-text.js';

const LONDON = 'Europe/London';

/**
 * The meetings of a file, in its order.
 * @throws DomainError 'unreadable' for a file in none of the three forms; 'invalid' with the place of what is missing or wrong
 */
export function readMeetings(bytes: Uint8Array): ListedMeeting[] {
  const text = decodeText(bytes);
  const meetings = /^\s*BEGIN:VCALENDAR/i.test(text) ? fromCalendar(text) : /^\s*[[{]/.test(text) ? fromJson(text) : fromCsv(text);
  if (meetings.length === 0) throw new DomainError('invalid', 'The file holds no meeting. It needs a list of bodies and dates.');
  return meetings;
}

const entry = z.object({ body: z.string().trim().min(1), date: z.string().transform(isoDay) });

/** JSON can also say what of a meeting is public already. */
const jsonEntry = entry.extend({ agendaIsPublished: z.boolean().optional(), noticeIsGiven: z.boolean().optional() });

function fromJson(text: string): ListedMeeting[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new DomainError('unreadable', `The list of meetings is not JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
  const list = Array.isArray(content) ? content : (content as { meetings?: unknown }).meetings;
  const parsed = z.array(jsonEntry).safeParse(list);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message }));
  throw new DomainError(
    'invalid',
    `The list of meetings needs a "body" and a "date" for each (at ${fields[0]?.pointer}: ${fields[0]?.detail}).`,
    fields,
  );
}

const BODY_HEADINGS = /^(?:body|committee|meeting|name|title|subject|summary)\b/i;
const DATE_HEADINGS = /^(?:date|day|start date|start)\b/i;

function fromCsv(text: string): ListedMeeting[] {
  const rows = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true, delimiter: [',', ';', '\t'] });
  const [header = [], ...lines] = rows;
  const bodyAt = header.findIndex((heading) => BODY_HEADINGS.test(heading));
  const dateAt = header.findIndex((heading) => DATE_HEADINGS.test(heading));
  if (bodyAt < 0 || dateAt < 0)
    throw new DomainError('unreadable', 'This is no list of meetings. A CSV file needs a first line with the headings “body” and “date”.');
  return lines.map((cells, index) => {
    const parsed = entry.safeParse({ body: cells[bodyAt] ?? '', date: cells[dateAt] ?? '' });
    if (parsed.success) return parsed.data;
    throw new DomainError('invalid', `Line ${index + 2} of the list has no body or no date that can be read: ${cells.join(', ')}.`);
  });
}

/** A cancelled meeting is none. */
function fromCalendar(text: string): ListedMeeting[] {
  return Object.values(ical.sync.parseICS(text)).flatMap((item): ListedMeeting[] => {
    if (item?.type !== 'VEVENT' || item.status === 'CANCELLED') return [];
    const summary = typeof item.summary === 'string' ? item.summary : item.summary.val;
    const instant = Temporal.Instant.fromEpochMilliseconds(item.start.getTime());
    const zone = item.datetype === 'date' ? 'UTC' : LONDON;
    const day = item.datetype === 'date' ? localDay(item.start) : instant.toZonedDateTimeISO(zone).toPlainDate().toString();
    return [{ body: summary.trim(), date: day }];
  });
}

/** A whole day comes as midnight of the machine's own time zone. */
function localDay(date: Date): string {
  return Temporal.PlainDate.from({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() }).toString();
}

/** '2026-01-20', '20/01/2026' and '20 January 2026' are the same day; anything else is refused later, as it stands. */
function isoDay(text: string, context: z.RefinementCtx): string {
  const words = text
    .trim()
    .replace(/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/i, '')
    .replace(/[T ]\d\d:\d\d.*$/, '');
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words);
  const named = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?\s+(\d{4})$/i.exec(words);
  const month = named ? 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').indexOf((named[2] ?? '').toLowerCase()) + 1 : 0;
  const parts = british ? [british[3], british[2], british[1]] : named ? [named[3], String(month), named[1]] : words.split('-');
  try {
    const [year, monthOf, day] = parts.map(Number);
    return Temporal.PlainDate.from({ year: year ?? NaN, month: monthOf ?? NaN, day: day ?? NaN }, { overflow: 'reject' }).toString();
  } catch {
    context.addIssue(`“${text}” is not a date. Write it like 2026-01-20`);
    return z.NEVER;
  }
}

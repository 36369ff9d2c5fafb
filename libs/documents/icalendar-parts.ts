/** An iCalendar file (RFC 5545) in its parts, none lost in silence: where the file is damaged, the sentence names the line. */
import ICAL from 'ical.js';
import { DomainError } from '../domain/domain-error.js';

/** A part directly inside the calendar: an event, a time zone, a task. */
export interface CalendarPart {
  /** 'VEVENT' */
  name: string;
  /** The line on which it begins, counted from 1. */
  line: number;
  /** Its own lines, long ones put together again. */
  content: ContentLine[];
  /** The same with all that stands in parts of its own, such as the changes of a time zone's clocks. */
  withInner: ContentLine[];
}

export interface ContentLine {
  text: string;
  line: number;
}

/** The parts of a file, and how the calendar says that it is meant: 'CANCEL' where it calls off what stands in it. */
export interface CalendarParts {
  parts: CalendarPart[];
  method: string | null;
}

/** Besides events: what RFC 5545, 7953 and 9073 put into a calendar. Programs add their own, which begin with X-. */
const PARTS = /^(?:VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE|VALARM|VAVAILABILITY|X-.+)$/;

/** @throws DomainError 'unreadable' for a file that was cut short or damaged where its parts begin and end */
export function partsOfCalendar(text: string): CalendarParts {
  const read: CalendarParts = { parts: [], method: null };
  /** What has begun and not ended, the outermost first. */
  const open: { name: string; line: number }[] = [];
  for (const content of contentLines(text)) {
    const [, word, of] = /^(BEGIN|END):\s*(.*?)\s*$/i.exec(content.text) ?? [];
    const name = of?.toUpperCase() ?? '';
    if (word === undefined) takeLine(content, open.length, read);
    else if (/^BEGIN$/i.test(word)) begin(name, content, open, read);
    else end(name, content, open, read);
  }
  if (open.length > 0) throw cutShort(open, read);
  return read;
}

/** The words of a property, or null; its parameters are left out. @throws DomainError 'unreadable' for one that is damaged */
export function propertyOf(part: CalendarPart, name: string): ICAL.Property | null {
  const found = linesOf(part, name)[0];
  return found ? readProperty(part, found) : null;
}

/** The lines of a part that give this property. */
export function linesOf({ content }: Pick<CalendarPart, 'content'>, name: string): ContentLine[] {
  const begins = new RegExp(`^${name}[;:]`, 'i');
  return content.filter(({ text }) => begins.test(text));
}

/** 'The entry “Cabinet” of the calendar', or by its line where it has no title. */
export function partInWords(part: CalendarPart): string {
  const title =
    /^SUMMARY(?:;[^:]*)?:(.*)$/i
      .exec(linesOf(part, 'SUMMARY')[0]?.text ?? '')?.[1]
      ?.replace(/\\([,;\\])/g, '$1')
      .trim() ?? '';
  return title === '' ? `The entry that begins in line ${part.line} of the calendar` : `The entry “${inShort(title)}” of the calendar`;
}

/** Why a line cannot be read, with where it stands. */
export function unreadableLine({ line, text }: ContentLine, part: CalendarPart, why: string): DomainError {
  return new DomainError('unreadable', `${partInWords(part)} cannot be read: line ${line}, “${inShort(text)}”, ${why}.`);
}

function readProperty(part: CalendarPart, content: ContentLine): ICAL.Property {
  try {
    return ICAL.Property.fromString(content.text, ICAL.design.icalendar);
  } catch {
    throw unreadableLine(content, part, 'is damaged');
  }
}

/** A line that begins with a space or a tab belongs to the one before it. */
function contentLines(text: string): ContentLine[] {
  const lines: ContentLine[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const before = lines.at(-1);
    if (/^[ \t]/.test(line) && before) before.text += line.slice(1);
    else lines.push({ text: line, line: index + 1 });
  }
  return lines.filter((one) => one.text.trim() !== '');
}

function takeLine(content: ContentLine, depth: number, read: CalendarParts): void {
  if (depth === 0) throw damaged(content, 'belongs to no calendar');
  if (depth > 1) keep(content, depth, read);
  else if (/^METHOD:/i.test(content.text)) read.method = content.text.slice('METHOD:'.length).trim().toUpperCase();
}

/** What stands in a part of a part, such as an alarm, says nothing of the part itself. */
function keep(content: ContentLine, depth: number, { parts }: CalendarParts): void {
  const part = parts.at(-1);
  part?.withInner.push(content);
  if (depth === 2) part?.content.push(content);
}

function begin(name: string, content: ContentLine, open: { name: string; line: number }[], read: CalendarParts): void {
  const around = open.at(-1);
  if (!around ? name !== 'VCALENDAR' : name === 'VCALENDAR' || (name === 'VEVENT' && open.length > 1))
    throw damaged(content, around ? `begins before what began in line ${around.line} has ended` : 'does not begin a calendar');
  if (open.length === 1 && !PARTS.test(name)) throw damaged(content, 'begins something that no calendar has');
  if (open.length === 1) read.parts.push({ name, line: content.line, content: [], withInner: [] });
  else if (open.length > 1) keep(content, open.length + 1, read);
  open.push({ name, line: content.line });
}

function end(name: string, content: ContentLine, open: { name: string; line: number }[], read: CalendarParts): void {
  const ended = open.pop();
  if (ended && ended.name !== name && ended.name.startsWith(name)) throw cutShort([...open, ended], read);
  if (ended?.name !== name) throw damaged(content, 'ends something that has not begun');
  if (open.length > 1) keep(content, open.length + 1, read);
}

function cutShort(open: { name: string; line: number }[], { parts }: CalendarParts): DomainError {
  const last = parts.at(-1);
  const where = last && open.length > 1 ? `${partInWords(last)}, from line ${last.line} on, is not complete` : 'The calendar has no end';
  return new DomainError('unreadable', `${where}: the file was cut short. Export the calendar again, and choose the new file.`);
}

function damaged({ line, text }: ContentLine, why: string): DomainError {
  return new DomainError(
    'unreadable',
    `The calendar is damaged: line ${line}, “${inShort(text)}”, ${why}. Export the calendar again, and choose the new file.`,
  );
}

function inShort(text: string): string {
  const plain = text.toWellFormed().replace(/\p{Cc}/gu, '�');
  return plain.length > 80 ? `${plain.slice(0, 80).toWellFormed()}…` : plain;
}

/** When an action is due: dates as councils write them, told apart from the posts beside them and from words in their place. */
import type { Row } from './business-plan.js';
import { lastDay, quarterEnd, type Quarter } from './financial-year.js';
import { plainText } from './plain-text.js';
import { FINANCIAL_YEAR, financialYearOf } from './years-in-text.js';

/** When an action is due: a day, the last of what was written ("March 2026", "Q3 2026/27"); words that are no date; or nothing. */
export type TargetDate =
  | { kind: 'date'; /** As written. */ text: string; /** 'YYYY-MM'. */ month: string; /** 'YYYY-MM-DD'. */ lastDay: string }
  | { kind: 'prose'; text: string }
  | { kind: 'absent' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const FULL_YEAR = '(20\\d\\d)';
const YEAR = '(20\\d\\d|\\d\\d)';
const QUARTER = '(?:Q(?:uarter|tr)?\\.?\\s?([1-4])|([1-4])(?:st|nd|rd|th) quarter)';
/** Words that lead to a date and say no more than it. */
const LEAD =
  '\\(?(?:\\b(?:by|the|end of|end|before|from|until|till|during|in|on|start|due|target date|deadline|date)\\b[\\s:–-]*)*' +
  '(?:\\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?\\s*(?:\\bto\\b|\\band\\b|[-–/&])\\s*)?';

type Reader = (parts: string[]) => string | null;

/** The ways of writing a date, those that say most first: what one of them has read, no other reads. */
const FORMS: { pattern: RegExp; read: Reader }[] = [
  form(`\\b${FULL_YEAR}-(\\d\\d)-(\\d\\d)\\b(?:T[\\d:.Z]+)?`, ([year, month, day]) => dayOf(year, Number(month), day)),
  form(`\\b(\\d{1,2})([/.-])(\\d{1,2})\\2${YEAR}\\b`, ([day, , month, year]) => dayOf(year, Number(month), day)),
  form(`\\b${DAY}(?:\\s+of)?[\\s-]+${MONTH}\\.?,?[\\s-]+'?${YEAR}\\b`, ([day, month, year]) => dayOf(year, monthNumber(month), day)),
  form(`\\b${MONTH}\\.?\\s+${DAY},?\\s+${FULL_YEAR}\\b`, ([month, day, year]) => dayOf(year, monthNumber(month), day)),
  form(`\\b${MONTH}\\.?,?(?:\\s*[-–/’']\\s*|\\s+[’']?)${YEAR}\\b(?![/.]\\d)`, ([month, year]) => lastDayOfMonth(year, monthNumber(month))),
  form(`(?<![\\d/])(\\d{1,2})/${FULL_YEAR}\\b`, ([month, year]) => lastDayOfMonth(year, Number(month))),
  form(`\\b${QUARTER}(?:,|\\s|of|[-–])*${FINANCIAL_YEAR}`, ([q, nth, ...year]) => endOfQuarter(year, q || nth)),
  form(`${FINANCIAL_YEAR},?\\s*[-–]?\\s*${QUARTER}`, (parts) => endOfQuarter(parts, parts.slice(-2).find(Boolean))),
  form(FINANCIAL_YEAR, (year) => endOfYear(year)),
];

function form(pattern: string, read: Reader): { pattern: RegExp; read: Reader } {
  return { pattern: new RegExp(`${LEAD}${pattern}`, 'gi'), read };
}

function monthNumber(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function fullYear(year = ''): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayOf(written: string | undefined, month: number, day = ''): string | null {
  const year = fullYear(written);
  const isDay = month >= 1 && month <= 12 && Number(day) >= 1 && Number(day) <= daysIn(year, month);
  return isDay ? `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

function lastDayOfMonth(written: string | undefined, month: number): string | null {
  const year = fullYear(written);
  return month >= 1 && month <= 12 ? dayOf(written, month, String(daysIn(year, month))) : null;
}

function endOfYear(year: string[]): string | null {
  const known = financialYearOf(year);
  return known && lastDay(known);
}

function endOfQuarter(year: string[], quarter: string | undefined): string | null {
  const known = financialYearOf(year);
  return known && quarterEnd(known, Number(quarter) as Quarter);
}

/** What is written like a date; the day is null where there is no such day ("30 February 2026"). */
interface FoundDate {
  start: number;
  end: number;
  lastDay: string | null;
}

/** The dates in a text, in order. */
function datesIn(text: string): FoundDate[] {
  if (!/\d\d/.test(text)) return [];
  const found: FoundDate[] = [];
  for (const { pattern, read } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const day = read(match.slice(1).map((part: string | undefined) => part ?? ''));
      if (!found.some((other) => start < other.end && other.start < end)) found.push({ start, end, lastDay: day });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Words that begin a statement about time where a date should stand. */
const TIME_WORDS =
  /\b(?:to be (?:completed|confirmed|agreed|determined|set)|complete by|subject to|dependent on|target date|due date|deadline|on-?going|throughout the year|year[ -]end|end of (?:the )?(?:financial )?year|tb[cad]\b|not known|by (?:the )?(?:end|spring|summer|autumn|winter)|(?:spring|summer|autumn|winter),? 20\d\d|q[1-4]\b|(?:end of )?20\d\d\b)/gi;
const DAY_WITHOUT_YEAR = new RegExp(`\\b(?:${DAY}(?: of)?|(?:by|in|during|end of)(?: the end of)?) ${MONTH}\\b`, 'gi');
/** The same, but words with which the title of a post may begin as well ("Winter Maintenance Manager"). */
const WORDS_OF_TITLES_TOO = /\b(?:completion|date|annual(?:ly)?|quarterly|monthly|weekly|continuous|spring|summer|autumn|winter)\b/gi;
const POST =
  /\b(?:head|manager|officers?|director|lead(?:er)?|chief|co-?ordinator|executive|surveyor|solicitor|accountant|supervisor|team|advis[eo]r|assistant|engineer|planner|inspector|warden|clerk|wardens|members?)\b/i;

/** As far as a title is looked for behind such a word. */
const LENGTH_OF_TITLE = 80;

/** Where words about time begin, as far as no date says it: the text's length if nowhere. */
function startOfTimeWords(text: string): number {
  const certain = [...text.matchAll(TIME_WORDS), ...text.matchAll(DAY_WITHOUT_YEAR)].map(({ index }) => index);
  const doubtful = [...text.matchAll(WORDS_OF_TITLES_TOO)]
    .filter(({ index, 0: word }) => !isInTitle(text.slice(index + word.length, index + word.length + LENGTH_OF_TITLE)))
    .map(({ index }) => index);
  return Math.min(...certain, ...doubtful, text.length);
}

/** "Winter Maintenance Manager": a post within the next three words, but not as the next of them ("Annually Head of …"). */
function isInTitle(following: string): boolean {
  const words = following.trim().split(/\s+/).slice(0, 3);
  return words.findIndex((word) => POST.test(word)) > 0 || /^(?:manager|officers?|team|co-?ordinator)\b/i.test(words[0] ?? '');
}

/** The officers cell taken apart; the officers keep their lines. */
interface OfficersCell {
  officers: string;
  date: string;
  lastDay: string | null;
}

function splitOfficersCell(row: Row): OfficersCell {
  const text = inLines(row.cells.officers ?? '');
  const dates = datesIn(text);
  const start = Math.min(dates[0]?.start ?? text.length, startOfTimeWords(text));
  const day = lastDayOf(dates);
  const officers = text.slice(0, start).trim();
  const behind = dates.map((date, index) => text.slice(date.end, dates[index + 1]?.start));
  if (!behind.some(isFollowedByPosts)) return { officers, date: plainText(text.slice(start)), lastDay: day };
  const written = dates.map((date, index) => text.slice(index === 0 ? start : date.start, date.end));
  const all = [officers, ...behind].map((part) => part.trim()).filter((part) => part !== '');
  return { officers: all.join('\n'), date: plainText(written.join(' ')), lastDay: day };
}

/** Of several dates the last counts. */
function lastDayOf(dates: readonly FoundDate[]): string | null {
  return dates.findLast(({ lastDay: day }) => day !== null)?.lastDay ?? null;
}

/** Where posts follow a date, as in a list of officers each with their own, they are no part of it. */
function isFollowedByPosts(words: string): boolean {
  const following = words.replace(/^[\s,;:/–-]+/, '');
  return /^\p{Lu}/u.test(following) && POST.test(following) && startOfTimeWords(following) > 0;
}

/** As `plainText`, but for the ends of lines, which set posts apart. */
function inLines(raw: string): string {
  return raw
    .split(/[\r\n]+/)
    .map(plainText)
    .filter((line) => line !== '')
    .join('\n');
}

/** "other Target date", "other Deadline": the key of a column that holds dates alone. */
const DATE_COLUMN =
  /^other (?:(?:target|due|completion|end|finish|delivery|review|milestone|expected|planned)\s+)*(?:dates?(?! (?:completed|started|added|approved|agreed))|deadlines?|time-?\s?(?:scales?|frames?|lines?)|timing|by when|when|completed? by|milestones?)\b/i;

/** The key of the cell that a row's target date stands in: a column of its own where the table has one, else the officers'. */
export function dateColumnOf(row: Row): string {
  return Object.keys(row.cells).find((key) => DATE_COLUMN.test(key)) ?? 'officers';
}

/** Whether a column that the product has no key for holds dates, and so is understood after all. */
export function isDateColumn(key: string): boolean {
  return DATE_COLUMN.test(key);
}

/**
 * The target date of an action, from a column of its own or from the officers cell: "March 2026" counts until the month's last day,
 * "Q3 2026/27" until 31 December 2026; of several the last counts. Words in place of a date ("Completion date subject to …") are
 * told apart from no date at all (domain.md, b).
 */
export function targetDateOf(row: Row): TargetDate {
  const key = dateColumnOf(row);
  const own = key === 'officers' ? '' : plainText(row.cells[key] ?? '');
  if (own !== '' && !/^(?:[-–—]|n ?\/ ?a)$/i.test(own)) return asTargetDate(own, lastDayOf(datesIn(own)));
  const { date, lastDay: day } = splitOfficersCell(row);
  return date === '' ? { kind: 'absent' } : asTargetDate(date, day);
}

function asTargetDate(text: string, day: string | null): TargetDate {
  return day === null ? { kind: 'prose', text } : { kind: 'date', text, month: day.slice(0, 7), lastDay: day };
}

/** The officers cell of an action without its date, in one line: the posts, and whatever stands beside them. */
export function officersTextOf(row: Row): string {
  return plainText(officersLinesOf(row));
}

/** The same with the ends of lines that the cell has. */
export function officersLinesOf(row: Row): string {
  return splitOfficersCell(row).officers;
}

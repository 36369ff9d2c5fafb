/** What the cells of a plan mean: figures, measures, codes, dates. The cells stay as written; nothing here changes them. */
import type { Cells, Column, Row } from './business-plan.js';
import { plainText } from './plain-text.js';

/** What a figure's cell says. A text is something a person wrote that is no figure, such as "TBC". */
export type Figure = { kind: 'number'; value: number; unit: FigureUnit } | { kind: 'none' } | { kind: 'text'; text: string };
export type FigureUnit = '' | '%' | '£';

const NUMBER = /^(\(?)\s*([-−–]?)\s*(£?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)\s*(\)?)$/;
const NOTHING = /^[-–—]?$/;

/** The number in a cell with its unit; brackets or a minus sign make it negative; blank or a dash is none (domain.md, b). */
export function parseFigure(raw: string): Figure {
  const text = plainText(raw);
  if (NOTHING.test(text)) return { kind: 'none' };
  const match = NUMBER.exec(text);
  const [, open = '', minus = '', pound = '', whole = '', decimals = '', percent = '', close = ''] = match ?? [];
  const bracketed = open !== '';
  if (!match || bracketed !== (close !== '') || (bracketed && minus !== '') || (pound !== '' && percent !== ''))
    return { kind: 'text', text };
  const size = Number(whole.replaceAll(',', '') + decimals);
  const value = (bracketed || minus !== '') && size !== 0 ? -size : size;
  return { kind: 'number', value, unit: percent !== '' ? '%' : pound !== '' ? '£' : '' };
}

/** "ComS_012d", with or without brackets; or, where a text has none such, a bracketed one like "(BV 012)" or "(BI002a)". */
const UNDERSCORED_CODE = /(?<![\w&])\(?([A-Za-z][A-Za-z0-9&]*_\w+)\)?/g;
const BRACKETED_CODE = /\(([A-Za-z]{1,6}\s?\d{2,}[a-z]?(?:\([ivx]+\))?)\)/g;

interface FoundCode {
  code: string;
  start: number;
  end: number;
}

function codesIn(description: string): FoundCode[] {
  const found = (pattern: RegExp): FoundCode[] =>
    [...description.matchAll(pattern)].map((match) => ({ code: match[1] ?? '', start: match.index, end: match.index + match[0].length }));
  const underscored = found(UNDERSCORED_CODE);
  return underscored.length > 0 ? underscored : found(BRACKETED_CODE);
}

/** The codes in an indicator row's description, in order: several for a composite row, none where it has no code yet. */
export function indicatorCodesOf(row: Row): string[] {
  return codesIn(plainText(row.cells.description ?? '')).map(({ code }) => code);
}

/** One measure of an indicator row: its code and its part of each figure cell. */
export interface Measure {
  code: string | null;
  /** The words that describe it: the row's description, or for a composite row what stands before its own code. */
  label: string;
  /** By column key, for the year columns and 'futureYears': this measure's own figure as written. */
  figures: Cells;
}

/**
 * The measures of an indicator row. A composite row ("No. received (ComS_012) Closed in 3mths % (ComS_012d)", "433 79%") has
 * one for each code, each with its part of every cell in order (seed, lines 67, 68, 71; `figureParts` for cells that do not fit).
 */
export function measuresOf(row: Row, columns: Column[]): Measure[] {
  const description = plainText(row.cells.description ?? '');
  const codes = codesIn(description);
  const figureColumns = columns.filter(({ kind }) => kind === 'achieved' || kind === 'target' || kind === 'futureYears');
  if (codes.length < 2) {
    const figures = Object.fromEntries(figureColumns.map(({ key }) => [key, plainText(row.cells[key] ?? '')]));
    return [{ code: codes[0]?.code ?? null, label: withoutCode(description, codes[0]), figures }];
  }
  const parts = figureColumns.map(({ key }) => ({ key, figures: figureParts(row.cells[key] ?? '', codes.length) }));
  return codes.map(({ code, start }, index) => ({
    code,
    label: description.slice(codes[index - 1]?.end ?? 0, start).trim(),
    figures: Object.fromEntries(parts.map(({ key, figures }) => [key, figures[index] ?? ''])),
  }));
}

function withoutCode(description: string, found: FoundCode | undefined): string {
  const words = found ? `${description.slice(0, found.start)} ${description.slice(found.end)}` : description;
  return plainText(words.replace(NEW_MARK, ' '));
}

const FIGURE_IN_TEXT = /\([^()]*\)|[-−–]?£?\d[\d,.]*(?:\s%|%)?|\S+/g;

/**
 * A composite cell taken apart: "433 79%" for two codes is ["433", "79%"]; a blank cell or a dash stands for each code. A
 * single figure could be any measure's, so it is nobody's; other cells that do not fit stay whole and read as a text.
 */
export function figureParts(raw: string, count: number): string[] {
  const text = plainText(raw);
  if (NOTHING.test(text)) return Array<string>(count).fill(text);
  const parts = text.match(FIGURE_IN_TEXT) ?? [];
  return parts.length === count ? parts : Array<string>(count).fill(parts.length === 1 ? '' : text);
}

const NEW_MARK = /\(\s*new\s*\)/i;

/** Whether an action or an indicator is marked "(New)". */
export function isNew(row: Row): boolean {
  return NEW_MARK.test(row.cells.action ?? row.cells.description ?? '');
}

/** The same text without its "(New)". */
export function withoutNewMark(text: string): string {
  return NEW_MARK.test(text) ? text.replace(/\s*\(\s*new\s*\)/i, '') : text;
}

/**
 * The code at the end of an action, before any "(New)": a word with an underscore ("COMS2224_08a", "BCRPDA&V_15") or one in
 * capitals ("BCRP"); null where the action ends in ordinary words.
 */
export function actionCodeOf(row: Row): string | null {
  const words = plainText(withoutNewMark(row.cells.action ?? ''));
  const last = words.slice(words.lastIndexOf(' ') + 1).replace(/^\(|[).,;]+$/g, '');
  return /^[A-Za-z][A-Za-z0-9&]*_\w+$/.test(last) || /^[A-Z][A-Z0-9&]{2,}$/.test(last) ? last : null;
}

/** When an action is due: a month of a year, words that are no date, or nothing. */
export type TargetDate =
  { kind: 'month'; text: string; month: string; lastDay: string } | { kind: 'prose'; text: string } | { kind: 'absent' };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAME =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const MONTH_AND_YEAR = new RegExp(
  `(?:\\b(?:by|end of|before)\\s+)*(?:\\b\\d{1,2}(?:st|nd|rd|th)?\\s+)?\\b${MONTH_NAME}\\.?,?\\s+(20\\d\\d)\\b`,
  'gi',
);
/** Words that begin a statement about time where a date should stand; none of them begins the title of a post. */
const TIME_WORDS =
  /\b(?:completion|complete by|to be (?:completed|confirmed|agreed|determined)|subject to|dependent on|target date|date\b|deadline|on-?going|annual(?:ly)?\b|quarterly|monthly|tb[ca]\b|not known|by (?:the )?(?:end|spring|summer|autumn|winter)|spring|summer|autumn|winter|q[1-4]\b|(?:end of )?20\d\d\b)/i;

/**
 * The target date in an action's officers cell: "March 2026" counts until the month's last day; of several the last counts.
 * Words in place of a date ("Completion date subject to …") are told apart from no date at all (domain.md, b).
 */
export function targetDateOf(row: Row): TargetDate {
  const { date } = splitOfficersCell(row);
  if (date === '') return { kind: 'absent' };
  const found = [...date.matchAll(MONTH_AND_YEAR)].at(-1);
  if (!found) return { kind: 'prose', text: date };
  const monthNumber = MONTHS.indexOf((found[1] ?? '').slice(0, 3).toLowerCase()) + 1;
  const month = `${found[2]}-${String(monthNumber).padStart(2, '0')}`;
  const days = new Date(Date.UTC(Number(found[2]), monthNumber, 0)).getUTCDate();
  return { kind: 'month', text: date, month, lastDay: `${month}-${days}` };
}

/** The officers cell of an action without its date: the posts, and whatever stands beside them. */
export function officersTextOf(row: Row): string {
  return splitOfficersCell(row).officers;
}

function splitOfficersCell(row: Row): { officers: string; date: string } {
  const text = plainText(row.cells.officers ?? '');
  const starts = [text.search(MONTH_AND_YEAR), text.search(TIME_WORDS)].filter((start) => start >= 0);
  const start = Math.min(...starts, text.length);
  return { officers: text.slice(0, start).trim(), date: text.slice(start).trim() };
}

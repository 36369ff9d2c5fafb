/** The codes by which indicators and actions are known, as councils write them in a text or in a column of their own. */
import type { Row } from './business-plan.js';
import { plainText } from './plain-text.js';

/** A code with where it stands in a text. */
export interface FoundCode {
  code: string;
  start: number;
  end: number;
}

/** "ComS_012d", "COMS2224_08a", "BCRPDA&V_15", with or without brackets around it, "(i)" behind it or not. */
const UNDERSCORED = /(?<![\w&])\(?([A-Za-z][A-Za-z0-9&]*_\w+(?:\([ivx]{1,4}\))?)\)?/g;
/** "(BV 012)", "(BI002a)", "(BV 079b(i))", "(HS-01)": in brackets, where a text has none such. */
const BRACKETED = /\(([A-Za-z]{1,6}(?:\s?\d{2,4}|[-/.]\d{1,3})[A-Za-z]?(?:\s?\([ivx]{1,4}\))?)\)/g;
/** "NI 192", "BV 079b(i)", "LI15a": without brackets only at the beginning or the end, with letters that are known for codes. */
const KNOWN_STEM = '(?:NI|BVPI|BV|LPI|LI|KPI|CPI|MPI|CSI|PI)';
const BARE = new RegExp(`(?<=^|\\s)(${KNOWN_STEM}\\s?\\d{1,3}[a-z]?(?:\\([ivx]{1,4}\\))?|[A-Z]{2,5}\\d{3}[a-z]?)(?=$|[\\s:.,–-])`, 'g');
/** What looks like a code in brackets and is none: pollutants, standards, roads, years, ages, grades. */
const NO_CODE =
  /^(?:(?:PM|NO|CO|SO|COVID|COP|ISO|BS|EU|UK|G|FY|H|Q)[\s-]?\d|(?:[AMB]\d{1,4}$)|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[\s/.-]?\d|(?:ages?|aged|under|over|top|years?|since|from|line|note|page|table|ward|grade|band|class|phase|tier|no|nr|by|in|of|to|day|week)[\s/.-]?\d)/i;

/** The codes in a text, in order. */
export function codesIn(text: string): FoundCode[] {
  const underscored = found(text, UNDERSCORED);
  if (underscored.length > 0) return underscored;
  const bracketed = found(text, BRACKETED).filter(({ code }) => !isNoCode(code));
  if (bracketed.length > 0) return bracketed;
  return found(text, BARE).filter(
    ({ code, start, end }) => !isNoCode(code) && (start === 0 || text.slice(end).replace(/[.,]/g, '') === ''),
  );
}

function found(text: string, pattern: RegExp): FoundCode[] {
  return [...text.matchAll(pattern)].map((match) => ({
    code: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function isNoCode(code: string): boolean {
  return NO_CODE.test(code) || (/\s/.test(code) && (/\b(?:19|20)\d\d$/.test(code) || /^[A-Za-z]*[a-z]/.test(code)));
}

/** The codes in an indicator row, in order: several for a composite row, none where it has no code yet. */
export function indicatorCodesOf(row: Row): string[] {
  const own = codesInColumn(row.cells.code ?? '');
  return own.length > 0 ? own : codesIn(plainText(row.cells.description ?? '')).map(({ code }) => code);
}

/** What is longer is a remark. */
const LONGEST_CODE = 40;

/** The codes in a column of their own: one, with the spaces that it has, or several on lines or behind signs. */
function codesInColumn(cell: string): string[] {
  const pieces = cell
    .split(/[\r\n;,]+|\s\/\s/)
    .map((piece) => plainText(piece).replace(/^\((.+)\)$/, '$1'))
    .filter((piece) => piece.length <= LONGEST_CODE && !/^(?:[-–—]|n ?\/ ?a|none)?$/i.test(piece));
  return pieces.flatMap((piece) => {
    const words = piece.split(' ');
    return words.every((word) => /_|^[A-Z]+\d+[a-z]?$/.test(word)) ? words : [piece];
  });
}

const CODE_COLUMN =
  /^(?:code$|other (?:(?:pentana|action|task|covalent|ideagen|unique|project|plan)\s+)*(?:codes?|ref(?:erence)?s?|id)\b)/i;

/** Whether a column that the product has no key for holds the codes of actions, and so is understood after all. */
export function isCodeColumn(key: string): boolean {
  return CODE_COLUMN.test(key);
}

/** The key of the cell that an action's code stands in: a column of its own where the table has one, else the action's. */
export function codeColumnOf(row: Row): string {
  return Object.keys(row.cells).find((key) => CODE_COLUMN.test(key)) ?? 'action';
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

/** A code that only stands in for one that is still to be given: "ComS_NEW", "TBC". */
export function isPlaceholder(code: string): boolean {
  return /(?:^|[_\s-])(?:NEW|TBC|TBA|TBD|X{2,}|\?+)$/i.test(code);
}

/** A word in capitals that may be a code ("BCRP") as well as an abbreviation ("CCTV"). */
const BARE_CAPITALS = /^[A-Z][A-Z0-9&]{2,}$/;

/**
 * An action's code as its row alone says it: from a column of its own, or at the end of its text before any "(New)", such as
 * "COMS2224_08a", "BCRPDA&V_15", "(BV 012)" or a word in capitals ("BCRP"), or at its beginning. Null where there is none.
 * A word in capitals may be an abbreviation: where the table is at hand, `actionCodesIn` decides it.
 */
export function actionCodeOf(row: Row): string | null {
  const key = codeColumnOf(row);
  if (key !== 'action') {
    const [own] = codesInColumn(row.cells[key] ?? '');
    if (own !== undefined) return own;
  }
  const words = plainText(withoutNewMark(row.cells.action ?? ''));
  const last = words.slice(words.lastIndexOf(' ') + 1).replace(/^\(|(?<!\([ivx]{1,4})\)$|[.,;]+$/g, '');
  if (/^[A-Za-z][A-Za-z0-9&]*_\w+(?:\([ivx]{1,4}\))?$/.test(last)) return last;
  const inText = codesIn(words).filter(({ start, end }) => start === 0 || end >= words.length - 1);
  if (inText.length > 0) return inText.at(-1)!.code;
  return BARE_CAPITALS.test(last) && !isNoCode(last) ? last : null;
}

/**
 * The codes of a table's actions, null for one that has none. A word in capitals at the end of an action is its code only if the code of
 * a sibling begins with it ("BCRP" beside "BCRPASB_27") or is formed like it ("HRA01" beside "HRA02"), or if it stands in for a code
 * ("TBC"); else it is an abbreviation ("CCTV").
 */
export function actionCodesIn(rows: readonly Row[]): ReadonlyMap<Row, string | null> {
  const codes = rows.map((row) => ({ row, code: actionCodeOf(row) }));
  const stems = new Set<string>();
  const forms = new Map<string, number>();
  for (const { row, code } of codes) {
    if (code === null) continue;
    forms.set(formOf(code), (forms.get(formOf(code)) ?? 0) + 1);
    if (isCertain(row, code)) for (const stem of stemsOf(code)) stems.add(stem);
  }
  const isCode = (row: Row, code: string): boolean =>
    isCertain(row, code) || stems.has(code.toUpperCase()) || (/\d/.test(code) && (forms.get(formOf(code)) ?? 0) > 1);
  return new Map(codes.map(({ row, code }) => [row, code !== null && isCode(row, code) ? code : null]));
}

function isCertain(row: Row, code: string): boolean {
  if (!BARE_CAPITALS.test(code) || isPlaceholder(code)) return true;
  const key = codeColumnOf(row);
  return key === 'action' ? codesIn(code).length > 0 : codesInColumn(row.cells[key] ?? '').includes(code);
}

/** The form of a code, each digit a 9. */
function formOf(code: string): string {
  return code.replace(/\d/g, '9');
}

/** Everything that a code begins with, in capitals. */
function stemsOf(code: string): string[] {
  return Array.from(code, (_sign, index) => code.slice(0, index).toUpperCase());
}

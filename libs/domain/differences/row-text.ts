/** What the first cell of a row says: its codes, its words, its "(New)". */
import type { Row } from '../business-plan.js';
import { actionCodeOf, actionCodesIn, codeColumnOf, codesIn, indicatorCodesOf, isNew, withoutNewMark } from '../codes.js';
import { asPlainText } from './as-plain-text.js';
import { firstCell, type ComparedTable, type RowPlace } from './compared-table.js';

/** The words of a row. */
export interface RowText {
  /** Without codes and without "(New)". */
  description: string;
  /** The mark, or ''. */
  newMark: '' | '(New)';
}

/** Reads what rows say, each row once in a comparison and not before it is asked for: most rows did not change. */
export interface RowReader {
  /** Several for a composite row; none where it has no code yet. */
  codesOf: (place: RowPlace) => readonly string[];
  textOf: (place: RowPlace) => RowText;
  /** The words of the description, in small letters. */
  wordsOf: (place: RowPlace) => ReadonlySet<string>;
}

/** A reader for one comparison. */
export function rowReader(): RowReader {
  const codesOfTable = new Map<ComparedTable, ReadonlyMap<Row, string | null>>();
  const codeOfAction = ({ row, table }: RowPlace): string | null => {
    const code = actionCodeOf(row);
    // Of a word in capitals the whole table has to say whether it is a code.
    if (code === null || !/^[A-Z&]+$/.test(code)) return code;
    const codes = codesOfTable.get(table) ?? actionCodesIn(table.rows);
    codesOfTable.set(table, codes);
    return codes.get(row) ?? null;
  };
  const codesOf = onceForEachRow((place) => {
    if (place.table.kind === 'csi' || place.table.kind === 'kpi') return indicatorCodesOf(place.row);
    const code = place.table.kind === 'actions' ? codeOfAction(place) : asPlainText(place.row.cells.actionCode ?? '');
    return code === null || code === '' ? [] : [code];
  });
  const textOf = onceForEachRow((place) => readRowText(place, codesOf(place)));
  return { codesOf, textOf, wordsOf: onceForEachRow((place) => wordsIn(textOf(place).description)) };
}

function onceForEachRow<Result>(read: (place: RowPlace) => Result): (place: RowPlace) => Result {
  const known = new Map<Row, Result>();
  return (place) => {
    const found = known.get(place.row) ?? read(place);
    known.set(place.row, found);
    return found;
  };
}

function readRowText(place: RowPlace, codes: readonly string[]): RowText {
  const { kind } = place.table;
  const whole = asPlainText(firstCell(place));
  if (kind === 'budget') return { description: whole, newMark: '' };
  const text = asPlainText(withoutNewMark(whole));
  const description = withoutSpans(text, kind === 'actions' ? spansOfCode(place.row, text, codes[0]) : codesIn(text));
  return { description, newMark: isNew(place.row) ? '(New)' : '' };
}

interface Span {
  start: number;
  end: number;
}

/** Where an action's code stands in its text, with the brackets around it; nowhere if it stands in a column of its own. */
function spansOfCode(row: Row, text: string, code: string | undefined): Span[] {
  if (code === undefined) return [];
  const column = codeColumnOf(row);
  if (column !== 'action' && asPlainText(row.cells[column] ?? '').includes(code)) return [];
  const start = text.lastIndexOf(code);
  const end = start + code.length;
  if (start < 0) return [];
  return [text[start - 1] === '(' && text[end] === ')' ? { start: start - 1, end: end + 1 } : { start, end }];
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  const ends = [0, ...spans.map(({ end }) => end)];
  const starts = [...spans.map(({ start }) => start), text.length];
  return asPlainText(starts.map((start, index) => text.slice(ends[index], start)).join(' '));
}

/** The words of a text in small letters, figures among them. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

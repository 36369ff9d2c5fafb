/** A plan in a CSV file, as spreadsheet programs write it, read into a business plan. */
import { type CastingContext, CsvError, parse } from 'csv-parse/sync';
import type { BusinessPlan } from '../domain/business-plan.js';
import { DomainError } from '../domain/domain-error.js';
import { cellBehindApostrophe } from './inert-cells.js';
import { planFromLines } from './plan-from-lines.js';
import { headerKind } from './recognise-columns.js';
import { sheetLines } from './sheet-lines.js';

export type Delimiter = ',' | ';' | '\t';

/** A row with the line of the file that it begins in. */
interface CsvRow {
  cells: string[];
  line: number;
}

/**
 * Reads a CSV file whose cells are set apart by this sign. Apostrophes that keep a spreadsheet from taking a cell for a formula
 * are taken off.
 *
 * Throws DomainError('unreadable') for a quotation mark that is never closed and for a file without a plan's table.
 */
export function readCsv(text: string, delimiter: Delimiter): BusinessPlan {
  const rows = csvRows(text, delimiter);
  const lines = sheetLines(rows.map(({ cells }) => cells.map(cellBehindApostrophe)));
  return planFromLines(lines.map((line) => ({ ...line, line: rows[line.line - 1]?.line ?? line.line })));
}

/**
 * The sign that sets the cells of a CSV file apart: the one that gives the most header rows of a plan's tables; null where the
 * text is none. Tabs do so only in what a spreadsheet program saved as "tab-delimited": all other text with tabs is read as text.
 * @param isTabbed whether there are header rows whose cells are set apart by tabs
 */
export function delimiterOf(text: string, isTabbed: boolean): Delimiter | null {
  const tabbed = isTabbed ? text.split(/\r\n|\r|\n/).filter((line) => headerKind(line.split('\t')) !== null).length : 0;
  const [best] = ([',', ';'] as const)
    .map((delimiter) => ({ delimiter, headers: text.includes(delimiter) ? headersWith(text, delimiter) : 0 }))
    .sort((a, b) => b.headers - a.headers);
  if (best && best.headers > tabbed) return best.delimiter;
  return isTabbed && isTabDelimited(text, tabbed) ? '\t' : null;
}

/** Whether quotation marks stand round cells as such a program sets them: round every cell that holds one, or a comma or line end. */
function isTabDelimited(text: string, headers: number): boolean {
  let isSetSo = true;
  let hasReason = false;
  const see = (cell: string, isQuoted: boolean): void => {
    const isReason = /[",\n]/.test(cell);
    if (isReason && !isQuoted) isSetSo = false;
    if (isReason && isQuoted) hasReason = true;
  };
  try {
    const rows = csvRows(text, '\t', see);
    return isSetSo && hasReason && rows.filter(({ cells }) => headerKind(cells) !== null).length >= headers;
  } catch {
    return false;
  }
}

function headersWith(text: string, delimiter: Delimiter): number {
  try {
    return csvRows(text, delimiter).filter(({ cells }) => headerKind(cells.map(cellBehindApostrophe)) !== null).length;
  } catch {
    // What is wrong with it is told when it is read; here it only must not be taken for plain text.
    return text.split(/\r\n|\r|\n/).filter((line) => headerKind(line.split(delimiter).map((cell) => cell.replace(/^"|"$/g, ''))) !== null)
      .length;
  }
}

/** With `see`, quotation marks must stand round whole cells, and it is told of each. */
function csvRows(text: string, delimiter: Delimiter, see?: (cell: string, isQuoted: boolean) => void): CsvRow[] {
  let read = 0;
  // Excel takes its separator from such a first line, which is none of the plan's.
  const ownText = text.replace(/\r\n?/g, '\n').replace(/^(\uFEFF?)sep=[,;\t](?=\n)/, '$1');
  return parsed(ownText, delimiter, see).map(({ record, info }) => {
    const line = read + 1;
    read = info.lines;
    return { cells: record, line };
  });
}

function parsed(
  text: string,
  delimiter: Delimiter,
  see: ((cell: string, isQuoted: boolean) => void) | undefined,
): { record: string[]; info: { lines: number } }[] {
  try {
    const rows: unknown = parse(text, {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: !see,
      ...(see && {
        cast: (cell: string, { quoting }: CastingContext): string => {
          see(cell, quoting);
          return cell;
        },
      }),
    });
    return rows as { record: string[]; info: { lines: number } }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError(
      'unreadable',
      `The cells of this CSV file cannot be told apart, because a quotation mark is opened and not closed${whereOpened(text)}. Open the file in a spreadsheet program, save it again as CSV and choose the new file.`,
    );
  }
}

/** The last quotation mark that opens a cell: usually the one that is never closed. */
function whereOpened(text: string): string {
  const last = [...text.matchAll(/(?:^|[,;\t\n])"/g)].at(-1);
  return last ? ` (look at line ${text.slice(0, last.index + 1).split('\n').length})` : '';
}

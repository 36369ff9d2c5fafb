/** The rows of one sheet, or of a CSV file, as the lines of a document: which are text and which are rows of a table. */
import { isMarked, marked, unmarked } from './as-it-stands.js';
import type { DocumentLine } from './document-line.js';
import { headerKind } from './recognise-columns.js';
import { fullPlanPartOpenedBy, objectiveIn, sectionOpenedBy } from './recognise-headings.js';

type Cells = readonly string[];

/**
 * Rows as document lines. A row of headings opens a table, which goes on to the next wholly blank row, or to the heading of
 * another section or objective; outside a table a row with nothing but its first cell is text, its line breaks its own, and so
 * is any row above the first table. Blank cells at the end of a row, beyond the table's last heading, are the sheet's and not
 * the plan's: they are cut off.
 *
 * `firstLine` is what the first row counts as. `isGrid` says that a row which ends early ends in blank cells, as in a
 * spreadsheet, and does not lack them, as in a CSV file.
 */
export function sheetLines(rows: readonly Cells[], firstLine = 1, isGrid = false): DocumentLine[] {
  let width: number | null = null;
  let hasTable = false;
  return rows.flatMap((row, index): DocumentLine[] => {
    const line = firstLine + index;
    const filled = filledLength(row);
    if (isHeader(row)) {
      width = filled;
      hasTable = true;
    } else if (filled === 0 || opensHeading(row, rows[index + 1] ?? [])) width = null;
    if (width === null && filled <= 1) return textLines(row[0] ?? '', line);
    if (!hasTable) return [{ kind: 'text', text: row.slice(0, filled).map(unmarked).join('\t'), line }];
    const cells = cutToWidth(row, width ?? 0, isGrid);
    return [{ kind: 'cells', cells: isHeader(row) ? cells : notAHeader(cells), line }];
  });
}

function textLines(text: string, line: number): DocumentLine[] {
  if (isMarked(text)) return [{ kind: 'text', text, line }];
  return text.split(/\r\n|\r|\n/).map((part) => ({ kind: 'text', text: part, line }));
}

/** What says that it is to be taken as it stands is no header; it is not blank either, as the mark is no white space. */
function isHeader(row: Cells): boolean {
  return !isMarked(row[0] ?? '') && headerKind(row.slice(0, filledLength(row))) !== null;
}

/** A row with too few words for a header is none because blank cells follow them. */
function notAHeader(cells: string[]): string[] {
  const [first = '', ...others] = cells;
  return isMarked(first) || headerKind(cells) === null ? cells : [marked(first), ...others];
}

/** Whether a row inside a table is the heading of what comes next, as where a sheet has no blank row between its tables. */
function opensHeading(row: Cells, next: Cells): boolean {
  const text = row[0] ?? '';
  if (isMarked(text) || text.trim() === '' || filledLength(row) > 1) return false;
  return sectionOpenedBy(text) !== null || fullPlanPartOpenedBy(text) !== null || (objectiveIn(text) !== null && isHeader(next));
}

function cutToWidth(row: Cells, width: number, isGrid: boolean): string[] {
  const cells = row.slice(0, Math.max(width, filledLength(row)));
  return isGrid ? [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')] : cells;
}

/** How many cells a row has up to its last filled one. */
function filledLength(row: Cells): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1;
}
